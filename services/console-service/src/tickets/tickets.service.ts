import type { ConsoleTicket, IssueTicket, RequestOf } from '@lab-orchestrator/contracts';
import { UserError } from '@lab-orchestrator/platform';
import { entrancePath } from '../apps/app-entrance.js';
import type { AppStore } from '../apps/app.store.js';
import { consolePath } from '../sockets/console-path.js';
import { ticketLifeS, type TicketStore } from './ticket.store.js';

/** Issues tickets for what the owner of sessions has authorised. */
export class TicketsService {
  constructor(
    private readonly tickets: TicketStore,
    private readonly apps: AppStore,
    private readonly options: { origins: readonly string[]; appsDomain: string },
  ) {}

  async issue(request: RequestOf<typeof IssueTicket>): Promise<ConsoleTicket> {
    const { origin, kind } = request;
    if (!this.options.origins.includes(origin)) {
      throw new UserError('origin_not_allowed', {
        status: 403,
        detail: "Consoles open only from the platform's own pages.",
      });
    }
    const ticket = await this.tickets.issue(request);
    return { url: await this.urlFor(request), protocol: kind, ticket, expiresInS: ticketLifeS };
  }

  /** The ticket is never part of it. */
  private async urlFor({ origin, sessionId, system, access }: RequestOf<typeof IssueTicket>): Promise<string> {
    if (access.kind !== 'web') return new URL(consolePath, origin.replace(/^http/, 'ws')).href;
    const label = await this.apps.hostFor({
      sessionId,
      system,
      access: access.name,
      port: access.port,
      path: access.path,
    });
    const url = new URL(entrancePath, origin);
    url.hostname = `${label}.${this.options.appsDomain}`;
    return url.href;
  }
}
