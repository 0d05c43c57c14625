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

  /** Tells this installation from others on the same engine. Survives `reset`, so that old labs are still found. */
  get instance(): string {
    const file = this.in('instance');
    if (!existsSync(file)) writeFileSync(file, randomBytes(4).toString('hex'));
    return readFileSync(file, 'utf8').trim();
  }

  get firstAdminPasswordFile(): string {
    return this.in('first-admin-password');
  }

  get demoPeopleFile(): string {
    return this.in('demo-people.json');
  }

  /** Removes what the platform knows. The labs that run must be gone before. */
  forget(): void {
    const kept = ['logs', 'instance', 'launcher.lock'];
    const all = ['postgres', 'nats', 'redis', 'services', 'first-admin-password', 'demo-people.json'];
    for (const name of all.filter((entry) => !kept.includes(entry)))
      rmSync(this.in(name), { recursive: true, force: true });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
