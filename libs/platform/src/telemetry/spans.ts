import {
  type Attributes,
  context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { isBug } from '../errors/problem-of.js';
import { currentContext } from '../logging/call-context.js';

const traceparentKey = 'traceparent';
const tracer = () => trace.getTracer('@lab-orchestrator/platform');

/** One step of a call, as a trace shows it. */
export interface Step {
  /** Of few distinct values: a route, a request's subject, an event's type; never an id. */
  name: string;
  kind: 'server' | 'client' | 'producer' | 'consumer' | 'internal';
  attributes?: Attributes;
  /** W3C trace context of what caused it in another process; without it the current step is the cause. */
  parent?: string | undefined;
}

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
} as const;

/** The W3C trace context of the current step, for a header; undefined when nothing is traced. */
export function currentTraceparent(): string | undefined {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier, defaultTextMapSetter);
  return carrier[traceparentKey];
}

/** Runs `work` as one step. What it throws marks the step as failed when it is a bug, and is thrown on. */
export function traced<T>(step: Step, work: () => Promise<T>): Promise<T> {
  return openSpan(step, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
      if (isBug(error)) span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** For work that ends elsewhere: `work` runs inside the step, and whoever gets the span ends it. */
export function openSpan<T>({ name, kind, attributes, parent }: Step, work: (span: Span) => T): T {
  const correlationId = currentContext()?.correlationId;
  const cause = parent ? parentContext(parent) : context.active();
  const all = { ...attributes, ...(correlationId && { 'lab.correlation_id': correlationId }) };
  return tracer().startActiveSpan(name, { kind: kinds[kind], attributes: all }, cause, work);
}

const parentContext = (traceparent: string) =>
  propagation.extract(ROOT_CONTEXT, { [traceparentKey]: traceparent }, defaultTextMapGetter);
