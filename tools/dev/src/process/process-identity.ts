import { readFile } from 'node:fs/promises';

/**
 * When a process started, in clock ticks since boot; undefined when there is no such process. A process id alone does
 * not identify a process, because the kernel gives it out again.
 */
export async function startTimeOf(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in brackets and may itself contain spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state] = fields;
    return state === 'Z' || state === 'X' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

export async function isRunning(pid: number, startTime: string): Promise<boolean> {
  return (await startTimeOf(pid)) === startTime;
}
