import { Principal, requestHeaders } from '@lab-orchestrator/contracts';
import type { MsgHdrs } from '@nats-io/transport-node';
import { UserError } from '../errors/user-error.js';
import { acceptCorrelationId, type CallContext } from '../logging/call-context.js';
import { readPrincipal } from './principal-header.js';

/** What a request handler gets beside the request itself. */
export class RequestContext implements CallContext {
  private constructor(
    readonly correlationId: string,
    readonly deadline: number,
    /** On whose behalf; missing when a service asks for itself. */
    readonly principal: Principal | undefined,
    /** W3C trace context of the step that asks. */
    readonly traceparent: string | undefined,
  ) {}

  static read(headers: MsgHdrs | undefined, defaultDeadlineMs: number) {
    const deadline = Number(headers?.get(requestHeaders.deadline) || NaN);
    return new RequestContext(
      acceptCorrelationId(headers?.get(requestHeaders.correlationId)),
      Number.isFinite(deadline) ? deadline : Date.now() + defaultDeadlineMs,
      readPrincipal(headers?.get(requestHeaders.principal)),
      headers?.get(requestHeaders.traceparent) || undefined,
    );
  }

  /** The caller, for handlers that never serve an anonymous one. */
  get caller(): Principal {
    if (!this.principal) throw new UserError('unauthenticated', { status: 401, detail: 'Please sign in.' });
    return this.principal;
  }
}
