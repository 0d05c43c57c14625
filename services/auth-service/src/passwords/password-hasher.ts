import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { TransientError } from '@lab-orchestrator/platform';

/** OWASP's minimum for argon2id (the library's default kind): 19 MiB, two passes, one lane; about 30 ms of one core. */
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes passwords, a few at a time: each takes 19 MiB and a core, and a class signs in within the same minute. */
@Injectable()
export class PasswordHasher {
  private readonly waiting: Array<() => void> = [];
  private active = 0;
  private decoy: Promise<string> | undefined;

  constructor(private readonly limits: { concurrency: number; maxWaiting: number }) {}

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password, options));
  }

  /** Takes as long for a user who does not exist or has no password: the answer's time tells nothing. */
  async matches(stored: string | null, password: string): Promise<boolean> {
    const against = stored ?? (await this.decoyHash());
    const same = await this.inTurn(() => verify(against, password));
    return same && stored !== null;
  }

  private decoyHash() {
    this.decoy ??= hash('nobody has this password', options);
    return this.decoy;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.active >= this.limits.concurrency) await this.turn();
    else this.active += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.active -= 1;
    }
  }

  /** The place of the one that finishes is handed over, so `active` stays as it is. */
  private turn(): Promise<void> {
    if (this.waiting.length >= this.limits.maxWaiting) throw new TransientError('too many sign-ins at once');
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
