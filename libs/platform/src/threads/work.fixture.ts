export type Task = { answer: number } | { fail: string } | 'spin' | 'hoard';

/** What a thread of a spec does: answers, fails, or does what no task may. */
export function work(task: Task): number {
  if (task === 'spin') for (;;);
  if (task === 'hoard')
    for (const held: number[][] = []; ;) held.push(Array.from({ length: 10_000 }, () => held.length));
  if ('fail' in task) throw new Error(task.fail);
  return task.answer;
}
