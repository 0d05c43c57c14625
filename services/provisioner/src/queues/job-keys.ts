import { z } from 'zod';

/** A job is a key and nothing more: the worker asks what is wanted when it runs. */
export const SessionJob = z.strictObject({ sessionId: z.uuid(), correlationId: z.string() });
export type SessionJob = z.infer<typeof SessionJob>;
export const RestartJob = z.strictObject({ sessionId: z.uuid(), system: z.string(), correlationId: z.string() });
export type RestartJob = z.infer<typeof RestartJob>;
export const ImageJob = z.strictObject({ imageId: z.string(), correlationId: z.string() });
export type ImageJob = z.infer<typeof ImageJob>;

/** Queue names; sessions and images have a queue and a concurrency of their own, so that an import blocks no start. */
export const queues = { sessions: 'lab-sessions', restarts: 'lab-restarts', images: 'lab-images' } as const;
