import { z } from 'zod';

export const Role = z.enum(['admin', 'lecturer', 'learner']);
export type Role = z.infer<typeof Role>;

/** Who asks. The gateway takes it from the verified token; services trust it and decide what it may do. */
export const Principal = z.object({
  userId: z.uuid(),
  username: z.string(),
  displayName: z.string(),
  role: Role,
  /** `session`: a browser that signed in. `token`: an API token with its scopes. */
  via: z.enum(['session', 'token']),
  /** The refresh-token family of a browser session: revoking it ends the session everywhere. */
  familyId: z.uuid().optional(),
  scopes: z.array(z.string()).optional(),
});
export type Principal = z.infer<typeof Principal>;
