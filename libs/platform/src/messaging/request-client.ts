import {
  type Principal,
  type Problem,
  ReplyEnvelope,
  type RequestDefinition,
  requestHeaders,
} from '@lab-orchestrator/contracts';
import { Injectable } from '@nestjs/common';
import {
  headers,
  InvalidArgumentError,
  type Msg,
  type NatsConnection,
  NoRespondersError,
  RequestError,
  TimeoutError,
} from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { TransientError } from '../errors/transient-error.js';
import { UserError } from '../errors/user-error.js';
import { currentContext, currentCorrelationId } from '../logging/call-context.js';
import { currentTraceparent, traced } from '../telemetry/spans.js';
import { readJson } from './json-body.js';
import { writePrincipal } from './principal-header.js';

export interface CallOptions {
  principal?: Principal;
  /** How long the caller waits, 5 s unless told; never longer than the call it is part of. */
  deadlineMs?: number;
}

const defaultDeadlineMs = 5_000;
/** A service that restarts is back within this time; nobody has seen the request, so asking again is safe. */
const noRespondersGraceMs = 1_000;
const noRespondersPauseMs = 100;

/** Asks other services. Every error that comes out is a UserError, a TransientError, or a bug. */
@Injectable()
export class RequestClient {
  constructor(private readonly connection: NatsConnection) {}

  /** Sends the request and parses the reply. UserErrors of the other side arrive as they were thrown. */
  async call<Request extends z.ZodType, Reply extends z.ZodType>(
    definition: RequestDefinition<string, Request, Reply>,
    request: z.input<Request>,
    options: CallOptions = {},
  ): Promise<z.output<Reply>> {
    const deadline = deadlineOf(options);
    const body = JSON.stringify(definition.request.parse(request));
    const message = await traced({ name: `ask ${definition.subject}`, kind: 'client' }, () =>
      this.ask(definition.subject, body, deadline, options.principal),
    );
    const reply = ReplyEnvelope.parse(readJson(message.data));
    if ('problem' in reply) throw errorFrom(definition.subject, reply.problem);
    return parseReply(definition, reply.value);
  }

  private async ask(subject: string, body: string, deadline: number, principal?: Principal): Promise<Msg> {
    const giveUpAt = Math.min(deadline, Date.now() + noRespondersGraceMs);
    for (;;) {
      const timeout = deadline - Date.now();
      if (timeout <= 0) throw new TransientError(`${subject}: the deadline has passed`);
      try {
        return await this.connection.request(subject, body, { timeout, headers: headersFor(deadline, principal) });
      } catch (error) {
        if (error instanceof InvalidArgumentError)
          throw new UserError('too_large', { status: 413, detail: 'That is too much at once.' });
        if (!isNoResponders(error)) throw transient(subject, error);
        if (Date.now() + noRespondersPauseMs > giveUpAt) throw transient(subject, error);
        await sleep(noRespondersPauseMs);
      }
    }
  }
}

function deadlineOf({ deadlineMs = defaultDeadlineMs }: CallOptions) {
  return Math.min(Date.now() + deadlineMs, currentContext()?.deadline ?? Infinity);
}

function headersFor(deadline: number, principal: Principal | undefined) {
  const result = headers();
  result.set(requestHeaders.correlationId, currentCorrelationId());
  result.set(requestHeaders.deadline, String(deadline));
  if (principal) result.set(requestHeaders.principal, writePrincipal(principal));
  const traceparent = currentTraceparent();
  if (traceparent) result.set(requestHeaders.traceparent, traceparent);
  return result;
}

function isNoResponders(error: unknown) {
  return error instanceof NoRespondersError || (error instanceof RequestError && error.isNoResponders());
}

/** Whatever the transport throws means that the other side could not be reached in time. */
function transient(subject: string, cause: unknown) {
  const why = isNoResponders(cause)
    ? 'nobody answers'
    : cause instanceof TimeoutError
      ? 'no answer in time'
      : 'broker away';
  return new TransientError(`${subject}: ${why}`, { cause });
}

function errorFrom(subject: string, problem: Problem) {
  if (problem.status < 500) return UserError.fromProblem(problem);
  if (problem.status === 503)
    return new TransientError(`${subject}: ${problem.code}`, { retryAfterS: problem.retryAfterS });
  return new Error(`${subject} failed: ${problem.code} (request ${problem.requestId ?? 'unknown'})`);
}

function parseReply<Reply extends z.ZodType>(
  definition: { subject: string; reply: Reply },
  value: unknown,
): z.output<Reply> {
  const reply = definition.reply.safeParse(value);
  if (reply.success) return reply.data;
  throw new Error(`${definition.subject}: the reply does not match the contract: ${reply.error.message}`);
}
