import { Principal } from '@lab-orchestrator/contracts';

/** JSON as ASCII: header values are bytes, and display names are not only English. */
export function writePrincipal(principal: Principal) {
  const json = JSON.stringify(Principal.parse(principal));
  return json.replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A principal that does not parse is a bug of the sender, not an anonymous caller: it throws. */
export function readPrincipal(header: string | undefined): Principal | undefined {
  return header ? Principal.parse(JSON.parse(header)) : undefined;
}
