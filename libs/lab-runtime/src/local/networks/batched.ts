type Waiting<T> = { item: T; resolve: () => void; reject: (error: unknown) => void };

/**
 * Joins what is asked for while a run is under way into the next run. One alone runs at once.
 * @param run does the work for all items, wholly or not at all; when it fails, each item is tried alone, so that only
 * the one at fault is told of it
 */
export function batched<T>(run: (items: T[]) => Promise<unknown>): (item: T) => Promise<void> {
  let waiting: Waiting<T>[] = [];
  let isRunning = false;

  const alone = ({ item, resolve, reject }: Waiting<T>) => run([item]).then(() => resolve(), reject);
  const together = (batch: Waiting<T>[]) =>
    run(batch.map(({ item }) => item)).then(
      () => true,
      () => false,
    );
  const drain = async () => {
    isRunning = true;
    for (let batch = waiting; batch.length > 0; batch = waiting) {
      waiting = [];
      if (batch.length > 1 && (await together(batch))) for (const { resolve } of batch) resolve();
      else for (const each of batch) await alone(each);
    }
    isRunning = false;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isRunning) void drain();
    });
}
