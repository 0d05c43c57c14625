import { UserError } from '@lab-orchestrator/platform';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lastValueFrom, type Observable, of } from 'rxjs';
import { type CallState, callStateOf } from '../http/call-state.js';
import { FirstAnswers, type Repeatable } from './first-answers.js';
import { placeOf, sha256 } from './sealed-answer.js';

const keyPattern = /^[\x21-\x7e]{1,128}$/;

/** Honours `Idempotency-Key` on the routes that create. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly answers: FirstAnswers) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const state = callStateOf(request);
    const repeatable = state?.route.idempotent ? repeatableOf(request, state) : undefined;
    if (!repeatable) return next.handle();
    return of(await this.once(repeatable, http.getResponse(), next));
  }

  private async once(repeatable: Repeatable, reply: FastifyReply, next: CallHandler): Promise<unknown> {
    const before = await this.answers.begin(repeatable);
    if (before) {
      void reply.status(before.status).header('idempotency-replayed', 'true');
      if (before.etag !== undefined) void reply.header('etag', before.etag);
      return before.body;
    }
    try {
      const body: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      const etag = reply.getHeader('etag');
      await this.answers.keep(repeatable, {
        status: reply.statusCode,
        body,
        ...(typeof etag === 'string' && { etag }),
      });
      return body;
    } catch (error) {
      await this.answers.release(repeatable);
      throw error;
    }
  }
}

function repeatableOf(request: FastifyRequest, { name, principal }: CallState): Repeatable | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !keyPattern.test(key)) {
    const errors = [{ path: 'Idempotency-Key', message: 'expected 1 to 128 visible ASCII characters' }];
    throw new UserError('invalid_request', { status: 400, detail: 'Idempotency-Key is not valid.', errors });
  }
  // An upload is known by its size here; what it holds is compared by the service that imports it.
  const sent = request.isMultipart() ? request.headers['content-length'] : JSON.stringify(request.body ?? {});
  return { key, place: placeOf(principal?.userId ?? '', name, key), fingerprint: sha256(`${request.url}\n${sent}`) };
}
