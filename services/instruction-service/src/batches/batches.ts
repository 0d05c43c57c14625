export interface BatchOptions {
  /** Batches that may be under way at once. */
  lanes: number;
  /** Items of one batch at most. */
  size: number;
}
/** What became of one item of a batch. */
export type Outcome<Result> = { value: Result } | { error: unknown };

interface Waiting<Item, Result> {
  item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Does together what comes together: while a batch is under way the next one gathers, so that a busy service needs fewer
 * round trips for each item, and an idle one makes nobody wait.
 */
export class Batches<Item, Result> {
  private readonly waiting: Array<Waiting<Item, Result>> = [];
  private running = 0;
  private isDue = false;

  /** @param work gives one outcome an item, in their order; when it rejects, each of them does */
  constructor(
    private readonly work: (items: readonly Item[]) => Promise<ReadonlyArray<Outcome<Result>>>,
    private readonly options: BatchOptions,
  ) {}

  do(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.startSoon();
    });
  }

  /** After everything that the same read from the network brought. */
  private startSoon() {
    if (this.isDue) return;
    this.isDue = true;
    setImmediate(() => {
      this.isDue = false;
      while (this.running < this.options.lanes && this.waiting.length > 0) this.start();
    });
  }

  private start() {
    const batch = this.waiting.splice(0, this.options.size);
    this.running += 1;
    void this.run(batch).finally(() => {
      this.running -= 1;
      if (this.waiting.length > 0) this.startSoon();
    });
  }

  private async run(batch: ReadonlyArray<Waiting<Item, Result>>) {
    try {
      const outcomes = await this.work(batch.map(({ item }) => item));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const outcome = outcomes[index] ?? { error: new Error('an item of a batch has no outcome') };
        if ('error' in outcome) reject(outcome.error);
        else resolve(outcome.value);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
