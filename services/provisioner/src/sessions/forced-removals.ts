import { randomUUID } from 'node:crypto';
import { RecordAudit } from '@lab-orchestrator/contracts';
import { type HeldObject, RuntimeError } from '@lab-orchestrator/lab-runtime';
import { RequestClient, type RequestContext, UserError } from '@lab-orchestrator/platform';
import { Inject, Injectable } from '@nestjs/common';
import { WakeQueue } from '../queues/wake.queue.js';
import { LAB_RUNTIME, type LabRuntime } from '../runtime.provider.js';

/** Lets go of what holds a removal, for an administrator who asks. Also of sessions that nobody knows any more. */
@Injectable()
export class ForcedRemovals {
  constructor(
    @Inject(LAB_RUNTIME) private readonly runtime: LabRuntime,
    private readonly requests: RequestClient,
    private readonly wake: WakeQueue,
  ) {}

  async force(context: Pick<RequestContext, 'caller' | 'correlationId'>, sessionId: string) {
    if (context.caller.role !== 'admin') throw refused('forbidden', 403, 'You may not do this.');
    if (!this.runtime.forceRemove) throw refused('not_possible_here', 409, 'Nothing here can hold a removal.');
    const audit = (object: HeldObject) => this.audit(context, sessionId, object);
    const forced = await this.runtime.forceRemove(sessionId, audit).catch((error: unknown) => {
      const notHeld = error instanceof RuntimeError && error.code === 'invalid_spec';
      throw notHeld ? refused('removal_not_held', 409, error.message) : error;
    });
    await this.wake.session(sessionId);
    return forced;
  }

  private async audit(
    { caller, correlationId }: Pick<RequestContext, 'caller' | 'correlationId'>,
    sessionId: string,
    { kind, name, finalizers }: HeldObject,
  ) {
    await this.requests.call(RecordAudit, {
      id: randomUUID(),
      at: new Date().toISOString(),
      actorId: caller.userId,
      actorName: caller.username,
      action: 'takeFinalizers',
      target: `sessions/${sessionId}/${kind}/${name}`,
      outcome: 'ok',
      requestId: correlationId,
      detail: { finalizers, via: caller.via },
    });
  }
}

const refused = (code: string, status: number, detail: string) => new UserError(code, { status, detail });
