import type { IncomingMessage } from 'node:http';

/** What the browser offers in `Sec-WebSocket-Protocol`: `lab.<kind>` and `ticket.<text>`. */
export type Offer = { protocol: string; ticket: string };

/** The offer of an upgrade request, or undefined when it does not speak our protocol. */
export function offerOf(request: IncomingMessage): Offer | undefined {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  const protocol = offered.find((name) => name.startsWith('lab.'));
  const ticket = offered.find((name) => name.startsWith('ticket.'));
  if (protocol === undefined || ticket === undefined) return undefined;
  return { protocol, ticket: ticket.slice('ticket.'.length) };
}

/** Browsers always send an Origin with an upgrade; exactly ours counts, no suffixes, no wildcard. */
export const isOwnOrigin = (origin: string | undefined, allowed: readonly string[]) =>
  origin !== undefined && allowed.includes(origin);

/** Refuses an upgrade before any WebSocket exists. */
export const refuse = (socket: { end(text: string): unknown }, status: 400 | 401 | 403 | 404 | 503, text: string) =>
  socket.end(`HTTP/1.1 ${status} ${text}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
