import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves when the part works, with a word about it or nothing; throws when it does not. */
export type HealthCheck = () => Promise<string | void>;

export interface PartHealth {
  readonly ok: boolean;
  readonly detail?: string;
}

export interface HealthReport {
  readonly status: 'ready' | 'not_ready' | 'stopping';
  readonly parts: Record<string, PartHealth>;
}

const checkTimeoutMs = 2_000;

/** What this process depends on, and whether it works now. Ready means: send work here. */
@Injectable()
export class Health {
  private readonly checks = new Map<string, HealthCheck>();
  private stopping = false;

  /** Adds a part to readiness, e.g. `redis`. */
  register(part: string, check: HealthCheck) {
    if (this.checks.has(part)) throw new Error(`health part "${part}" is registered twice`);
    this.checks.set(part, check);
  }

  /** From now on not ready, so that nobody sends new work. */
  stop() {
    this.stopping = true;
  }

  async report(): Promise<HealthReport> {
    const entries = await Promise.all([...this.checks].map(async ([part, check]) => [part, await run(check)] as const));
    const ready = entries.every(([, { ok }]) => ok);
    return { status: this.stopping ? 'stopping' : ready ? 'ready' : 'not_ready', parts: Object.fromEntries(entries) };
  }
}

async function run(check: HealthCheck): Promise<PartHealth> {
  const timeout = new AbortController();
  try {
    const late = sleep(checkTimeoutMs, undefined, { signal: timeout.signal }).then(() => {
      throw new Error(`no answer within ${checkTimeoutMs} ms`);
    });
    late.catch(() => undefined);
    const detail = await Promise.race([check(), late]);
    return detail ? { ok: true, detail } : { ok: true };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  } finally {
    timeout.abort();
  }
}
