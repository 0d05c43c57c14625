import { readdir, readFile } from 'node:fs/promises';

/**
 * Process ids of the monitors of a session's containers, which live as long as the containers do, whatever the engine
 * still knows of them. Those of finished commands, which Podman keeps for five minutes, do not count.
 */
export async function monitorsOf(sessionId: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const args = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
      const after = (flag: string) => args[args.indexOf(flag) + 1];
      const isMonitor = args[0]?.endsWith('conmon') && after('-c') === after('-u');
      return isMonitor && after('-n')?.includes(sessionId) ? pid : undefined;
    }),
  );
  return found.filter((pid) => pid !== undefined);
}
