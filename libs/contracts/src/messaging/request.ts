import { z } from 'zod';
import { Problem } from './problem.js';

/** A question one service asks another over NATS request/reply. */
export interface RequestDefinition<
  Subject extends string = string,
  Request extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> {
  readonly subject: Subject;
  readonly request: Request;
  readonly reply: Reply;
}

/** What the handler gets: the parsed request. */
export type RequestOf<R extends RequestDefinition> = z.output<R['request']>;
/** What the caller passes: defaults may be left out. */
export type RequestInputOf<R extends RequestDefinition> = z.input<R['request']>;
/** What the caller gets: the parsed reply. */
export type ReplyOf<R extends RequestDefinition> = z.output<R['reply']>;
/** What the handler returns. */
export type ReplyInputOf<R extends RequestDefinition> = z.input<R['reply']>;

const subjectPattern = /^[a-z]+\.[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/;

/** Defines a request. @param subject `<service>.<noun>.<verb>`, e.g. `lab.sessions.start` */
export function defineRequest<const Subject extends string, Request extends z.ZodType, Reply extends z.ZodType>(
  subject: Subject,
  schemas: { request: Request; reply: Reply },
): RequestDefinition<Subject, Request, Reply> {
  if (!subjectPattern.test(subject)) throw new TypeError(`request subject "${subject}" is not <service>.<noun>.<verb>`);
  return { subject, ...schemas };
}

/** Headers of a request. Node lower-cases HTTP headers and NATS does not: these are matched exactly. */
export const requestHeaders = {
  correlationId: 'Lab-Correlation-Id',
  /** Milliseconds since the epoch after which nobody waits for the reply any more. */
  deadline: 'Lab-Deadline',
  /** The caller on whose behalf the request is made, as JSON. */
  principal: 'Lab-Principal',
  /** W3C trace context, where calls are traced. */
  traceparent: 'traceparent',
} as const;

/** The body of every reply: the value, or the problem in its place. */
export const ReplyEnvelope = z.union([
  z.strictObject({ problem: Problem }),
  z.strictObject({ value: z.unknown().optional() }),
]);
export type ReplyEnvelope = z.infer<typeof ReplyEnvelope>;
