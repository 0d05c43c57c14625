import { execFile } from 'node:child_process';
import { chown } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How to run a program that refuses to run as root. */
export interface Unprivileged {
  /** Arguments put before the program's own. */
  wrapper: string[];
  /** Makes a file or folder that we wrote usable by the program. */
  own(path: string): Promise<void>;
}

const NOT_NEEDED: Unprivileged = { wrapper: [], own: async () => {} };

/**
 * PostgreSQL refuses to be root. In a user namespace it sees itself as somebody else while the kernel still counts it
 * as root outside, so its data may lie in any folder of ours. Hosts without user namespaces get a real other user.
 */
export async function unprivileged(folder: string): Promise<Unprivileged> {
  if (process.getuid?.() !== 0) return NOT_NEEDED;
  const [uid, gid] = [await idOf('-u'), await idOf('-g')];
  // A user that the machine knows: PostgreSQL looks its own name up.
  const namespace = ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`, '--'];
  if (await succeeds([...namespace, 'true'])) return { ...NOT_NEEDED, wrapper: namespace };
  return asAnotherUser(folder, uid, gid);
}

/** Clones below /root, which only root may enter: the other user may pass through folders and read, as root may. */
const passing = ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search'];

/** Where there are no user namespaces, as in many containers. */
export async function asAnotherUser(folder: string, uid: number, gid: number): Promise<Unprivileged> {
  await chown(folder, uid, gid);
  for (const rights of [[], passing]) {
    const wrapper = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...rights, '--'];
    if (await succeeds([...wrapper, 'ls', folder])) return { wrapper, own: (path) => chown(path, uid, gid) };
  }
  throw new Error(
    `PostgreSQL must not run as root, and user ${uid} cannot reach ${folder}. ` +
      'Choose a data folder whose parent folders everybody may enter, or run as an ordinary user.',
  );
}

/** Debian's package makes the user `postgres`; elsewhere `nobody` does. */
async function idOf(flag: '-u' | '-g'): Promise<number> {
  const { stdout } = await run('id', [flag, 'postgres']).catch(() => run('id', [flag, 'nobody']));
  return Number(stdout);
}

async function succeeds([file = '', ...args]: string[]): Promise<boolean> {
  return run(file, args).then(
    () => true,
    () => false,
  );
}
