import { closeAsIdle } from '@lab-orchestrator/platform';
import type { FastifyInstance } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long clients that are busy have to leave by themselves: every answer tells them that it is their connection's last. */
const leaveMs = 1_000;
/** What is still being answered after this time is cut off. */
const finishMs = 5_000;

/**
 * A gateway that is replaced answers what it holds.
 * @param endStreams ends what would go on for hours
 */
export function finishAnswers(fastify: FastifyInstance, endStreams: () => void): void {
  fastify.addHook('preClose', async () => {
    await sleep(leaveMs);
    endStreams();
    closeAsIdle(fastify.server, finishMs);
  });
}
