import { Injectable } from '@nestjs/common';
import { UserError } from '@lab-orchestrator/platform';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { hashOf } from '../keys/token-hash.js';

export interface LoginLimitRules {
  /** Failures from one address block within the window. */
  readonly perBlock: number;
  readonly windowS: number;
}
export interface Attempt {
  readonly username: string;
  readonly block: string;
}

/** One client's failures for one account, and everybody's failures for one account. */
const perAccountAndBlock = 10;
const perAccount = 100;
const accountWindowS = 3600;

/**
 * How many failed sign-ins are verified at all: per address block, per account from one block, and per account from
 * anywhere. The last one never shuts out a block from which the account's owner has signed in before.
 * A point is taken before the verification, so that tries side by side count, and given back when it succeeds.
 */
@Injectable()
export class LoginLimits {
  private readonly block: RateLimiterMemory | RateLimiterRedis;
  private readonly accountInBlock: RateLimiterMemory | RateLimiterRedis;
  private readonly account: RateLimiterMemory | RateLimiterRedis;

  constructor(redis: Redis | undefined, rules: LoginLimitRules) {
    this.block = limiter(redis, 'login:block', rules.perBlock, rules.windowS);
    this.accountInBlock = limiter(redis, 'login:account-block', perAccountAndBlock, rules.windowS);
    this.account = limiter(redis, 'login:account', perAccount, accountWindowS);
  }

  /** Takes the points of one try; undefined when it may be verified, otherwise how long to wait. */
  async take(attempt: Attempt, isKnownBlock: () => Promise<boolean>): Promise<number | undefined> {
    const account = accountKey(attempt.username);
    const inBlock = await waitOf(this.block, attempt.block);
    if (inBlock !== undefined) return inBlock;
    const here = await waitOf(this.accountInBlock, `${account}:${attempt.block}`);
    const anywhere = here === undefined ? await waitOf(this.account, account) : undefined;
    const wait = here ?? (anywhere !== undefined && !(await isKnownBlock()) ? anywhere : undefined);
    // What is refused without verification costs the block nothing.
    if (wait !== undefined) await this.block.reward(attempt.block, 1);
    return wait;
  }

  /** The password was right: nobody has guessed here. */
  async succeeded(attempt: Attempt): Promise<void> {
    const account = accountKey(attempt.username);
    await Promise.all([
      this.block.reward(attempt.block, 1),
      this.accountInBlock.delete(`${account}:${attempt.block}`),
      this.account.delete(account),
    ]);
  }
}

export function tooManyAttempts(retryAfterS: number) {
  return new UserError('too_many_attempts', {
    status: 429,
    detail: 'Too many failed sign-ins. Please wait.',
    retryAfterS,
  });
}

/** Redis counts for all processes; while it is away each process counts for itself, so sign-in goes on. */
function limiter(redis: Redis | undefined, keyPrefix: string, points: number, duration: number) {
  const memory = new RateLimiterMemory({ keyPrefix, points, duration });
  if (!redis) return memory;
  return new RateLimiterRedis({
    storeClient: redis,
    keyPrefix: `lab:${keyPrefix}`,
    points,
    duration,
    rejectIfRedisNotReady: true,
    insuranceLimiter: memory,
  });
}

async function waitOf(from: RateLimiterMemory | RateLimiterRedis, key: string): Promise<number | undefined> {
  try {
    await from.consume(key);
    return undefined;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    // The counter has grown although nothing will be verified; otherwise points given back later would not be enough.
    await from.reward(key, 1);
    return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
  }
}

/** Whatever was typed as a name becomes a key of bounded length. */
const accountKey = (username: string) => hashOf(username);
