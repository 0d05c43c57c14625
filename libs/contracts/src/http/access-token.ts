import { z } from 'zod';
import { Role } from '../messaging/principal.js';

/** The only algorithm that is ever accepted, whatever a token's header says. */
export const accessTokenAlgorithm = 'EdDSA';
export const accessTokenType = 'at+jwt';
export const accessTokenAudience = 'lab-orchestrator';
/** Access tokens live this long; who keeps a list of revoked sessions may forget an entry after it. */
export const accessTokenLifetimeS = 600;

/** What an access token says, besides `iss` (the public address) and `aud`. */
export const AccessTokenClaims = z.object({
  sub: z.uuid(),
  iat: z.int(),
  exp: z.int(),
  username: z.string(),
  name: z.string(),
  role: Role,
  /** The refresh-token family: one signed-in browser. */
  fam: z.uuid(),
});
export type AccessTokenClaims = z.infer<typeof AccessTokenClaims>;
