import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Advice } from '../../setup/advice.mjs';

/** Where things are in the data folder. */
export class DataFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
    try {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      mkdirSync(this.in('logs'), { recursive: true });
      writeFileSync(this.in('writable'), '');
      rmSync(this.in('writable'));
    } catch (error) {
      throw new Advice(
        `The data folder ${path} cannot be written (${codeOf(error)}). Choose another one with --data DIR.`,
      );
    }
  }

  in(...names: string[]): string {
    return join(this.path, ...names);
  }

  log(name: string): string {
    return this.in('logs', `${name}.log`);
  }

  /** Tells this installation from others on the same engine. Survives `forget`, so that old labs are still found. */
  get instance(): string {
    // Names of instances start with a letter.
    return `i${this.once('instance', 4)}`;
  }

  /** A random text, made once. */
  secret(name: string): string {
    return this.once(name, 32);
  }

  /** What the provisioner and the console service keep: disks, files of sessions, a private engine. */
  get runtime(): string {
    return this.in('runtime');
  }

  get firstAdminPasswordFile(): string {
    return this.in('first-admin-password');
  }

  get demoPeopleFile(): string {
    return this.in('demo-people.json');
  }

  /** Removes what the platform knows: people, labs, sessions. The labs that run must be gone before. */
  forget(): void {
    const servers = ['postgres', 'nats', 'redis', 'runtime'];
    const known = [...servers, 'auth-secret', 'session-secret', 'first-admin-password', 'demo-people.json'];
    for (const name of known) rmSync(this.in(name), { recursive: true, force: true });
  }

  private once(name: string, bytes: number): string {
    const file = this.in(name);
    if (!existsSync(file)) writeFileSync(file, randomBytes(bytes).toString('hex'), { mode: 0o600 });
    return readFileSync(file, 'utf8').trim();
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
