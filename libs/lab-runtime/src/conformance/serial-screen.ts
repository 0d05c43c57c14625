import type { Duplex } from 'node:stream';

/** What a serial console showed, and a keyboard. */
export class SerialScreen {
  text = '';

  constructor(readonly console: Duplex) {
    console.on('data', (chunk: Buffer) => {
      this.text += chunk.toString('latin1');
    });
    // A guest that goes away is for the test to notice by what is shown.
    console.on('error', () => undefined);
  }

  /** Waits for the pattern in what appears from here on. */
  async shows(pattern: RegExp, timeoutMs = 60_000): Promise<RegExpExecArray> {
    const from = this.mark;
    for (
      const deadline = Date.now() + timeoutMs;
      Date.now() < deadline;
      await new Promise((done) => setTimeout(done, 20))
    ) {
      const found = pattern.exec(this.text.slice(from));
      if (found) {
        this.mark = from + found.index + found[0].length;
        return found;
      }
    }
    throw new Error(`The console never showed ${pattern}. It showed:\n${this.text.slice(-2000)}`);
  }

  type(line: string): void {
    this.console.write(`${line}\r`);
  }

  /** One key, without a line end. */
  press(key: string): void {
    this.console.write(key);
  }

  /** Runs a command in the shell that is open there, and returns what it printed. */
  async run(command: string, timeoutMs?: number): Promise<string> {
    const id = Math.random().toString(36).slice(2, 10);
    // The quotes keep the echo of the command from being taken for its result.
    this.type(`echo "be""gin${id}"; ${command}; echo "e""nd${id}"`);
    const [, output = ''] = await this.shows(new RegExp(`begin${id}\\s*\\n([^]*?)end${id}`), timeoutMs);
    return output.trim();
  }

  close(): void {
    this.console.destroy();
  }

  private mark = 0;
}
