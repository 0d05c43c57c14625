import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '@lab-orchestrator/platform';
import { Injectable, Logger } from '@nestjs/common';
import { z } from 'zod';
import { type AnswerStore } from './answer-store.js';
import { type KeptAnswer, openAnswer, sealAnswer } from './sealed-answer.js';

export interface Repeatable {
  readonly place: string;
  readonly key: string;
  /** Of what was sent: the same key with something else is a mistake of the caller. */
  readonly fingerprint: string;
}

const Entry = z.object({ fingerprint: z.string(), sealed: z.string().optional() });

const keptMs = 86_400_000;
/** Longer than any call takes; if the process dies in between, the key is free again afterwards. */
const runningMs = 180_000;
const waitMs = 10_000;
const pollMs = 100;

/** The first answer to an Idempotency-Key is the answer to all its repeats, for a day. */
@Injectable()
export class FirstAnswers {
  private readonly logger = new Logger('Idempotency');

  constructor(private readonly store: AnswerStore) {}

  /** Undefined: nobody has asked this before, go on and call `keep` or `release`. Otherwise the answer from before. */
  async begin({ place, key, fingerprint }: Repeatable): Promise<KeptAnswer | undefined> {
    const giveUpAt = Date.now() + waitMs;
    for (;;) {
      const entry = await this.take(place, fingerprint);
      if (!entry) return undefined;
      if (entry.fingerprint !== fingerprint) throw keyReused();
      if (entry.sealed !== undefined) return openAnswer(entry.sealed, key);
      if (Date.now() > giveUpAt) throw stillRunning();
      await sleep(pollMs);
    }
  }

  async keep({ place, key, fingerprint }: Repeatable, answer: KeptAnswer): Promise<void> {
    const entry = JSON.stringify({ fingerprint, sealed: sealAnswer(answer, key) });
    await this.store.set(place, entry, keptMs).catch((error: unknown) => this.away(error));
  }

  /** A refused or failed call has changed nothing: its repeat is a new try. */
  async release({ place }: Repeatable): Promise<void> {
    await this.store.delete(place).catch((error: unknown) => this.away(error));
  }

  /** While the store is away calls go on without it: services guard what must not happen twice by themselves. */
  private async take(place: string, fingerprint: string) {
    try {
      const found = await this.store.setIfAbsent(place, JSON.stringify({ fingerprint }), runningMs);
      return found === undefined ? undefined : Entry.parse(JSON.parse(found));
    } catch (error) {
      this.away(error);
      return undefined;
    }
  }

  private away(error: unknown) {
    this.logger.warn({ err: error }, 'first answers are not kept now');
  }
}

function keyReused() {
  const detail = 'This Idempotency-Key was used for another request before.';
  return new UserError('idempotency_key_reused', { status: 422, detail });
}

function stillRunning() {
  const detail = 'The first request with this Idempotency-Key is still running.';
  return new UserError('idempotency_key_in_use', { status: 409, detail, retryAfterS: 2 });
}
