import { readFile } from 'node:fs/promises';
import type Docker from 'dockerode';

/**
 * Signals the process of an exec. Engines leave it running when the console lets go, so it must be told. Its process
 * id is the host's; that it still belongs to the container is checked, because ids are used again.
 */
export async function hangUp(engine: Docker, execId: string, signal: 'SIGHUP' | 'SIGKILL'): Promise<boolean> {
  const exec = await engine
    .getExec(execId)
    .inspect()
    .catch(() => undefined);
  if (!exec?.Running || exec.Pid <= 1) return false;
  const cgroups = await readFile(`/proc/${exec.Pid}/cgroup`, 'utf8').catch(() => '');
  if (!cgroups.includes(exec.ContainerID)) return false;
  return kill(exec.Pid, signal);
}

/** The whole process group first: an exec leads its own session. */
function kill(pid: number, signal: NodeJS.Signals): boolean {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, signal);
      return true;
    } catch {
      continue;
    }
  }
  return false;
}
