import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, tap } from 'rxjs';
import { z } from 'zod';
import { etagOf } from '../revision/if-match.js';
import { type CallState, callStateOf } from './call-state.js';

const Created = z.object({ id: z.string() });
const CreatedLab = z.object({ lab: Created });
const Revised = z.object({ revision: z.int() });

/** What an answer tells beside its body: its revision as an ETag, and what was created to the audit log. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const state = callStateOf(http.getRequest<FastifyRequest>());
    if (!state) return next.handle();
    return next.handle().pipe(tap((answer: unknown) => note(state, http.getResponse(), answer)));
  }
}

function note(state: CallState, reply: FastifyReply, answer: unknown) {
  if (state.route.etag) {
    const revised = Revised.safeParse(answer);
    if (revised.success) void reply.header('etag', etagOf(revised.data.revision));
  }
  if (state.route.status === 201) state.createdId = createdIdOf(answer);
}

function createdIdOf(answer: unknown) {
  return Created.safeParse(answer).data?.id ?? CreatedLab.safeParse(answer).data?.lab.id;
}
