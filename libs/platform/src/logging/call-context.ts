import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** What belongs to one call and everything it causes, on every process it reaches. */
export interface CallContext {
  /** Travels from HTTP over NATS headers, events and jobs to the runtime, and stands in every log line. */
  readonly correlationId: string;
  /** Milliseconds since the epoch after which nobody waits for the answer. */
  readonly deadline?: number;
}

const storage = new AsyncLocalStorage<CallContext>();
const idPattern = /^[A-Za-z0-9_.:-]{8,128}$/;

export const currentContext = (): CallContext | undefined => storage.getStore();

/** The id of the call that runs now; a new one outside any call. */
export const currentCorrelationId = () => storage.getStore()?.correlationId ?? randomUUID();

/** Runs `work` as part of the call `correlationId` (a job or a message that carries one), or of a new call. */
export function inContext<T>(context: Partial<CallContext>, work: () => T): T {
  return storage.run({ ...context, correlationId: acceptCorrelationId(context.correlationId) }, work);
}

/** An id from outside is written to logs: anything odd is replaced. */
export function acceptCorrelationId(value: string | undefined) {
  return value && idPattern.test(value) ? value : randomUUID();
}
