/** A bell: rung while nobody waits, it is remembered once. */
export class Wake {
  private rung = false;
  private resolve: (() => void) | undefined;

  call() {
    this.rung = true;
    this.resolve?.();
  }

  /** Waits until the bell rings, `ms` at most. */
  async within(ms: number): Promise<void> {
    if (!this.rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.resolve = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.resolve = undefined;
    this.rung = false;
  }
}
