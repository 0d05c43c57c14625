import { z } from 'zod';

/** What caused the job, for logs and traces. */
const cause = { correlationId: z.string(), traceparent: z.string().optional() };

/** A job is a key and nothing more: the worker asks what is wanted when it runs. */
export const SessionJob = z.strictObject({ sessionId: z.uuid(), ...cause });
export type SessionJob = z.infer<typeof SessionJob>;
export const RestartJob = z.strictObject({ sessionId: z.uuid(), system: z.string(), ...cause });
export type RestartJob = z.infer<typeof RestartJob>;
export const ImageJob = z.strictObject({ imageId: z.string(), ...cause });
export type ImageJob = z.infer<typeof ImageJob>;

/** Queue names; sessions and images have a queue and a concurrency of their own, so that an import blocks no start. */
export const queues = { sessions: 'lab-sessions', restarts: 'lab-restarts', images: 'lab-images' } as const;
