import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits: nothing to guess, so a plain hash is enough to store it. */
export const randomToken = () => randomBytes(32).toString('base64url');

/** What is stored of a token. */
export const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');
