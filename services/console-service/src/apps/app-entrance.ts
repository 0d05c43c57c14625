import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { TicketStore } from '../tickets/ticket.store.js';
import { visitCookie } from './app-headers.js';
import { answerPage } from './app-page.js';
import type { AppStore, AppTarget } from './app.store.js';

/** The one path on an app's host that is ours: a ticket goes in, a cookie comes out. */
export const entrancePath = '/.lab/enter';
const maxFormBytes = 1_024;

/** Takes the one-use ticket from a form, so that it is in no URL, no history and no log. */
export class AppEntrance {
  constructor(
    private readonly tickets: TicketStore,
    private readonly apps: AppStore,
    private readonly origins: readonly string[],
  ) {}

  async enter(request: IncomingMessage, response: ServerResponse, host: string, target: AppTarget) {
    if (request.method !== 'POST')
      return answerPage(response, 405, 'Open this app from your lab', 'Go back to the lab and open the app there.');
    if (!this.origins.includes(request.headers.origin ?? ''))
      return answerPage(response, 403, 'Not allowed from there', 'Open the app from your lab.');
    const ticket = await this.tickets.redeem(await ticketIn(request));
    if (
      !ticket ||
      ticket.kind !== 'web' ||
      ticket.sessionId !== target.sessionId ||
      ticket.system !== target.system ||
      ticket.access.name !== target.access
    ) {
      return answerPage(
        response,
        401,
        'This link has expired',
        'Links to lab apps work once, for 30 seconds. Open the app from your lab again.',
      );
    }
    const { id: userId, role, familyId } = ticket.user;
    const { issuedMs: sinceMs } = ticket;
    const cookie = await this.apps.enter({ host, sinceMs, userId, role, familyId, sessionId: target.sessionId });
    response.writeHead(303, {
      location: target.path,
      'set-cookie': `${visitCookie}=${cookie}; Path=/; Secure; HttpOnly; SameSite=Lax`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    response.end();
  }
}

async function ticketIn(request: IncomingMessage): Promise<string> {
  if (Number(request.headers['content-length'] ?? maxFormBytes + 1) > maxFormBytes) return '';
  return new URLSearchParams(await text(request)).get('ticket') ?? '';
}
