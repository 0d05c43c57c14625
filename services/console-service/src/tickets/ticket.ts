import { IssueTicket } from '@lab-orchestrator/contracts';
import { z } from 'zod';

/** What a ticket stands for: who, where, how, and from which page. Kept in Redis under the ticket's hash. */
export const Ticket = IssueTicket.request;
export type Ticket = z.infer<typeof Ticket>;
export const IssuedTicket = Ticket.extend({ issuedMs: z.int() });
export type IssuedTicket = z.infer<typeof IssuedTicket>;
