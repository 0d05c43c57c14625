import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';

const KeptAnswer = z.object({ status: z.int(), body: z.unknown(), etag: z.string().optional() });
export type KeptAnswer = z.infer<typeof KeptAnswer>;

/**
 * An answer may hold a secret shown only once (an API token, an invitation). It is kept encrypted with the caller's own
 * Idempotency-Key, of which we keep no copy: who reads Redis reads nothing.
 */
export function sealAnswer(answer: KeptAnswer, idempotencyKey: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyFrom(idempotencyKey), nonce);
  const text = Buffer.concat([cipher.update(JSON.stringify(answer)), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64');
}

export function openAnswer(sealed: string, idempotencyKey: string): KeptAnswer {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', keyFrom(idempotencyKey), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  const text = decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8');
  return KeptAnswer.parse(JSON.parse(text));
}

/** Where the answer is kept: per caller, route and key. */
export function placeOf(callerId: string, route: string, idempotencyKey: string): string {
  return `lab:first-answer:${sha256(`${callerId}\n${route}\n${idempotencyKey}`)}`;
}

export const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');

const keyFrom = (idempotencyKey: string) =>
  Buffer.from(hkdfSync('sha256', idempotencyKey, 'lab-orchestrator', 'first answer', 32));
