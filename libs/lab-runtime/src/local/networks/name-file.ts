/** A system on one network. */
export type NamedSystem = { name: string; addresses: string[] };

/**
 * A network's file as aardvark-dns reads it: the address to listen on, then one line for each system (a key without
 * meaning here, IPv4 addresses, IPv6 addresses, names).
 */
export function nameFile(gateway: string, systems: readonly NamedSystem[]): string {
  const lines = systems
    .filter((system) => system.addresses.length > 0)
    .map((system) => `${system.name} ${system.addresses.join(',')}  ${system.name}`);
  return [gateway, ...lines, ''].join('\n');
}
