import type { ReplyEnvelope, RequestDefinition } from '@lab-orchestrator/contracts';
import { Logger } from '@nestjs/common';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { parseInput } from '../errors/field-errors.js';
import { isBug, problemOf } from '../errors/problem-of.js';
import { TransientError } from '../errors/transient-error.js';
import { inContext } from '../logging/call-context.js';
import type { Metrics } from '../metrics/metrics.js';
import { traced } from '../telemetry/spans.js';
import { drained } from './nats-connection.js';
import { readJson } from './json-body.js';
import { Limiter } from './limiter.js';
import { RequestContext } from './request-context.js';

export interface RequestServerOptions {
  /** Queue group: one of the service's processes gets each request. */
  service: string;
  concurrency: number;
  maxWaiting: number;
  /** Parse what a handler returns, too. A reply that breaks its contract then fails here and not at the caller. */
  checkReplies: boolean;
}

export interface RequestRoute {
  readonly definition: RequestDefinition;
  readonly handle: (request: unknown, context: RequestContext) => Promise<unknown>;
}

const defaultDeadlineMs = 10_000;

/** Answers the requests of one service over core NATS. */
export class RequestServer {
  private readonly logger = new Logger('Requests');
  private readonly limiter: Limiter;
  private subscriptions: Subscription[] = [];

  constructor(
    private readonly connection: NatsConnection,
    private readonly options: RequestServerOptions,
    private readonly metrics: Metrics,
  ) {
    this.limiter = new Limiter(options.concurrency, options.maxWaiting);
  }

  async listen(routes: readonly RequestRoute[]) {
    this.subscriptions = routes.map((route) =>
      this.connection.subscribe(route.definition.subject, {
        queue: this.options.service,
        callback: (error, message) => (error ? this.logger.error({ err: error }) : this.accept(route, message)),
      }),
    );
    // Without this the first requests could still find nobody although we have said that we are ready.
    await this.connection.flush();
  }

  /** Takes no new request and waits until those it holds are answered. */
  async close() {
    const open = this.subscriptions.filter((subscription) => !subscription.isClosed());
    await drained(Promise.all(open.map((subscription) => subscription.drain())));
    await this.limiter.idle();
  }

  private accept(route: RequestRoute, message: Msg) {
    const taken = this.limiter.tryRun(() => this.answer(route, message));
    if (taken) return;
    this.metrics.requestDone(route.definition.subject, 'overloaded', 0);
    this.respond(message, { problem: problemOf(new TransientError('overloaded', { retryAfterS: 1 })) });
  }

  private async answer(route: RequestRoute, message: Msg) {
    const { subject } = route.definition;
    const startedAt = performance.now();
    const done = (outcome: string) => this.metrics.requestDone(subject, outcome, performance.now() - startedAt);
    let context: RequestContext | undefined;
    try {
      context = RequestContext.read(message.headers, defaultDeadlineMs);
      if (context.deadline < Date.now()) return done('expired');
      this.respond(message, { value: await this.run(route, message, context) });
      done('ok');
    } catch (error) {
      const problem = problemOf(error, context?.correlationId);
      if (isBug(error)) inContext(context ?? {}, () => this.logger.error({ err: error, subject }));
      this.respond(message, { problem });
      done(problem.code);
    }
  }

  private async run({ definition, handle }: RequestRoute, message: Msg, context: RequestContext) {
    const request = parseInput(definition.request, readJson(message.data));
    const step = { name: `answer ${definition.subject}`, kind: 'server', parent: context.traceparent } as const;
    const reply = await inContext(context, () => traced(step, () => handle(request, context)));
    return this.options.checkReplies ? definition.reply.parse(reply) : reply;
  }

  private respond(message: Msg, reply: ReplyEnvelope) {
    try {
      message.respond(JSON.stringify(reply));
    } catch (error) {
      // Larger than the broker takes, or not JSON: the caller hears at once that it went wrong.
      this.logger.error({ err: error, subject: message.subject }, 'the reply could not be sent');
      message.respond(JSON.stringify({ problem: problemOf(error) }));
    }
  }
}
