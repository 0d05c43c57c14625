import type { Server } from 'node:http';

const lookMs = 50;

/**
 * For a server that has stopped listening: closes each connection once its answer is out, and cuts off what is still being
 * answered after a time. A connection that is cut while a request is on its way looks like an error to whoever sent it.
 * @param finishMs how long answers may take from now, in milliseconds
 */
export function closeAsIdle(server: Server, finishMs: number): void {
  const idle = setInterval(() => server.closeIdleConnections(), lookMs);
  const cut = setTimeout(() => server.closeAllConnections(), finishMs);
  server.once('close', () => {
    clearInterval(idle);
    clearTimeout(cut);
  });
}
