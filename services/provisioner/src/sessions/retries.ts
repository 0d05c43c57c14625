import type { Redis } from 'ioredis';

const lifeS = 86_400;

/** Systems that broke are restarted once for each wish of a person to try again, not for ever. */
export class Retries {
  constructor(private readonly redis: Redis) {}

  /** True once for each generation after the first. */
  async mayRestart({ sessionId, generation }: { sessionId: string; generation: number }): Promise<boolean> {
    if (generation <= 1) return false;
    const claimed = await this.redis.set(
      `lab:provisioner:restarted:${sessionId}:${generation}`,
      '1',
      'EX',
      lifeS,
      'NX',
    );
    return claimed === 'OK';
  }
}
