const SHOW_START_AFTER_MS = 1500;

/** One line per step on the error output, with the time it took; slow steps say what they are doing meanwhile. */
export class Steps {
  private readonly startedAt = performance.now();

  async run<T>(title: string, work: (step: Step) => Promise<T>): Promise<T> {
    const step = new Step(title);
    try {
      const result = await work(step);
      step.succeeded();
      return result;
    } catch (error) {
      step.failed();
      throw error;
    }
  }

  get elapsed(): string {
    return seconds(performance.now() - this.startedAt);
  }
}

export class Step {
  private readonly startedAt = performance.now();
  private readonly title: string;
  private readonly slow: NodeJS.Timeout;
  private detail = '';
  private shown = '';

  constructor(title: string) {
    this.title = title;
    this.slow = setTimeout(() => this.show(), SHOW_START_AFTER_MS);
  }

  /** Says how far it is. Short steps never print it. */
  progress(detail: string): void {
    this.detail = detail;
    if (performance.now() - this.startedAt > SHOW_START_AFTER_MS) this.show();
  }

  /** What to say beside the title when it is done. */
  result(detail: string): void {
    this.detail = detail;
  }

  succeeded(): void {
    this.end('✓');
  }

  failed(): void {
    this.end('✗');
  }

  private show(): void {
    const line = `  … ${this.title}${this.detail === '' ? '' : `: ${this.detail}`}`;
    if (line !== this.shown) note(line);
    this.shown = line;
  }

  private end(mark: string): void {
    clearTimeout(this.slow);
    const detail = this.detail === '' ? '' : `: ${this.detail}`;
    note(`  ${mark} ${this.title}${detail} (${seconds(performance.now() - this.startedAt)})`);
  }
}

/** Everything for people goes to the error output; the output is for the answer alone. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
