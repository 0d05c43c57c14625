import type { FastifyInstance } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long clients that are busy have to leave by themselves: every answer tells them that it is their connection's last. */
const leaveMs = 1_000;
/** What is still being answered after this time is cut off. */
const finishMs = 5_000;

/**
 * A gateway that is replaced answers what it holds. A connection that is cut while a request is on its way would look
 * like an error to whoever sent it.
 * @param endStreams ends what would go on for hours
 */
export function finishAnswers(fastify: FastifyInstance, endStreams: () => void): void {
  fastify.addHook('preClose', async () => {
    await sleep(leaveMs);
    endStreams();
    const { server } = fastify;
    // Those that were busy when it stopped listening are idle one after the other.
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    const cut = setTimeout(() => server.closeAllConnections(), finishMs);
    server.once('close', () => {
      clearInterval(idle);
      clearTimeout(cut);
    });
  });
}
