/** Does the work so many times, never more than so many at once. */
export async function eachAtOnce(atOnce: number, count: number, work: (index: number) => Promise<unknown>) {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
}
