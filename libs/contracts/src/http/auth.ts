import { z } from 'zod';
import { freeText } from './free-text.js';

export const Login = z.strictObject({ username: freeText(120).min(1), password: z.string().min(1).max(1024) });
export const AccessToken = z.strictObject({ accessToken: z.string(), expiresInS: z.int().positive() });
export const Jwks = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });
