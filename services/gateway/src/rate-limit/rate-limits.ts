import { Injectable } from '@nestjs/common';
import { UserError } from '@lab-orchestrator/platform';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

export interface RateRules {
  readonly perUser: number;
  readonly perAddress: number;
  readonly windowS: number;
}
type Limiter = RateLimiterMemory | RateLimiterRedis;

/**
 * Calls per user, and per address as long as nobody is known: a class behind one address has one budget each.
 * While Redis is away every process counts for itself; a limit is never a reason to fail.
 */
@Injectable()
export class RateLimits {
  private readonly users: Limiter;
  private readonly addresses: Limiter;

  constructor(redis: Redis | undefined, { perUser, perAddress, windowS }: RateRules) {
    this.users = limiter(redis, 'rate:user', perUser, windowS);
    this.addresses = limiter(redis, 'rate:address', perAddress, windowS);
  }

  countUser(userId: string) {
    return count(this.users, userId);
  }

  countAddress(address: string) {
    return count(this.addresses, address);
  }
}

function limiter(redis: Redis | undefined, keyPrefix: string, points: number, duration: number): Limiter {
  const memory = new RateLimiterMemory({ keyPrefix, points, duration });
  if (!redis) return memory;
  return new RateLimiterRedis({
    storeClient: redis,
    keyPrefix: `lab:${keyPrefix}`,
    points,
    duration,
    // Who is over the limit is refused from memory: a flood does not reach Redis.
    inMemoryBlockOnConsumed: points + 1,
    rejectIfRedisNotReady: true,
    insuranceLimiter: memory,
  });
}

async function count(limits: Limiter, key: string): Promise<void> {
  try {
    await limits.consume(key);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    const retryAfterS = Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
    throw new UserError('too_many_requests', { status: 429, detail: 'Too many requests. Please wait.', retryAfterS });
  }
}
