/**
 * 20 characters at most. The longest names made of it: a namespace on a cluster, 63 characters (20 + `-` + 36 of a
 * session id; `-images` and `-ledger` are shorter than a session id, and no session id looks like them), and a container
 * of an engine, 128 (`lab-` + 20 + `-` + 36 + `-` + 40).
 */
const instancePattern = /^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/;

/** Refuses a bad name of an installation at start, before it is part of names, labels and firewall rules. */
export function checkInstance(instance: string): string {
  if (!instancePattern.test(instance)) {
    throw new TypeError(
      `The instance "${instance}" must be 1-20 lower-case letters, digits and "-", starting with a letter.`,
    );
  }
  return instance;
}
