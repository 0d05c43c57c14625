import { AccessSpec, accessKinds, consoleModes } from '@lab-orchestrator/contracts';
import { z } from 'zod';

/** What a ticket stands for: who, where, how, and from which page. Kept in Redis under the ticket's hash. */
export const Ticket = z.strictObject({
  sessionId: z.uuid(),
  system: z.string(),
  access: AccessSpec,
  kind: z.enum(accessKinds),
  mode: z.enum(consoleModes),
  origin: z.string(),
  user: z.strictObject({
    id: z.uuid(),
    displayName: z.string(),
    role: z.enum(['admin', 'lecturer', 'learner']),
    familyId: z.uuid().optional(),
  }),
});
export type Ticket = z.infer<typeof Ticket>;
