import { closeSync, existsSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';

const DEFAULT_LIMIT_BYTES = 10 * 1024 * 1024;
const OLD_FILES = 3;

/** A log that never grows beyond four files: `x.log`, then `x.log.1` to `x.log.3`, older ones go. */
export class LogFile {
  private readonly path: string;
  private readonly limitBytes: number;
  private file: number;
  private bytes: number;

  constructor(path: string, limitBytes = DEFAULT_LIMIT_BYTES) {
    this.path = path;
    this.limitBytes = limitBytes;
    this.file = openSync(path, 'a', 0o600);
    this.bytes = statSync(path).size;
  }

  write(chunk: Buffer): void {
    if (this.file < 0) return;
    if (this.bytes > 0 && this.bytes + chunk.length > this.limitBytes) this.rotate();
    writeSync(this.file, chunk);
    this.bytes += chunk.length;
  }

  close(): void {
    if (this.file >= 0) closeSync(this.file);
    this.file = -1;
  }

  private rotate(): void {
    closeSync(this.file);
    rmSync(`${this.path}.${OLD_FILES}`, { force: true });
    for (let age = OLD_FILES - 1; age >= 1; age -= 1) {
      if (existsSync(`${this.path}.${age}`)) renameSync(`${this.path}.${age}`, `${this.path}.${age + 1}`);
    }
    renameSync(this.path, `${this.path}.1`);
    this.file = openSync(this.path, 'a', 0o600);
    this.bytes = 0;
  }
}
