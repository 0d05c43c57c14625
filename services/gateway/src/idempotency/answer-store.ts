import { LRUCache } from 'lru-cache';
import type { Redis } from 'ioredis';

/** Where first answers are kept. */
export interface AnswerStore {
  /** Returns what is there already, or undefined after it has put the value there. */
  setIfAbsent(place: string, value: string, ttlMs: number): Promise<string | undefined>;
  set(place: string, value: string, ttlMs: number): Promise<void>;
  delete(place: string): Promise<void>;
}

/** For all processes of the gateway. */
export function redisAnswers(redis: Redis): AnswerStore {
  return {
    // `GET` of the same command: nobody can come in between.
    setIfAbsent: async (place, value, ttlMs) => (await redis.set(place, value, 'PX', ttlMs, 'NX', 'GET')) ?? undefined,
    set: async (place, value, ttlMs) => void (await redis.set(place, value, 'PX', ttlMs)),
    delete: async (place) => void (await redis.del(place)),
  };
}

/** For one process, when no Redis is configured. */
export function memoryAnswers(): AnswerStore {
  const answers = new LRUCache<string, string>({
    max: 10_000,
    maxSize: 64_000_000,
    sizeCalculation: ({ length }) => length,
  });
  return {
    setIfAbsent: async (place, value, ttl) => {
      const found = answers.get(place);
      if (found === undefined) answers.set(place, value, { ttl });
      return found;
    },
    set: async (place, value, ttl) => void answers.set(place, value, { ttl }),
    delete: async (place) => void answers.delete(place),
  };
}
