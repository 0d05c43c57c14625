import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { currentContext } from '../logging/call-context.js';
import { problemOf } from './problem-of.js';

/** Answers every error of an HTTP request as RFC 9457 problem+json. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('HTTP');

  catch(error: unknown, host: ArgumentsHost) {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = problemOf(error, currentContext()?.correlationId ?? reply.request.id);
    if (problem.status >= 500) this.logger.error({ err: error, status: problem.status });
    // A stream was already being sent: the status line is gone, only the connection can still say that it failed.
    if (reply.raw.headersSent) return void reply.raw.destroy();
    if (problem.retryAfterS) void reply.header('retry-after', String(problem.retryAfterS));
    void reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}
