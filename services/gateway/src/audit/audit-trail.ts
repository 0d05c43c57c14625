import { setTimeout as sleep } from 'node:timers/promises';
import { type AuditEntry, RecordAudit } from '@lab-orchestrator/contracts';
import { RequestClient, UserError } from '@lab-orchestrator/platform';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callStateOf } from '../http/call-state.js';
import { auditEntryOf, isAudited } from './audit-entry.js';

const retryMs = 1_000;
const maxRetryMs = 15_000;
/** A few minutes of a busy platform without auth-service; then the log of this process has to do. */
const maxWaiting = 20_000;

/** Sends one entry per mutating call to the audit log, after the answer: nobody waits for it, and none is lost lightly. */
@Injectable()
export class AuditTrail implements OnApplicationShutdown {
  private readonly logger = new Logger('Audit');
  private readonly waiting: AuditEntry[] = [];
  private sending: Promise<void> | undefined;
  private readonly stopping = new AbortController();

  constructor(private readonly requests: RequestClient) {}

  /** Called once per answered request. */
  onAnswered(request: FastifyRequest, { statusCode: status }: FastifyReply) {
    const state = callStateOf(request);
    if (!state || !isAudited(state)) return;
    const { params, ip: address, id: requestId } = request;
    this.add(auditEntryOf({ state, params, status, address, requestId }, new Date()));
  }

  async onApplicationShutdown() {
    this.stopping.abort();
    await this.sending;
    for (const entry of this.waiting) this.logger.error({ entry }, 'this entry did not reach the audit log');
  }

  private add(entry: AuditEntry) {
    if (this.waiting.length >= maxWaiting) this.logger.error({ entry }, 'this entry did not reach the audit log');
    else this.waiting.push(entry);
    this.sending ??= this.send().finally(() => (this.sending = undefined));
  }

  private async send() {
    let pauseMs = retryMs;
    for (let entry = this.waiting[0]; entry; entry = this.waiting[0]) {
      if (await this.record(entry)) {
        this.waiting.shift();
        pauseMs = retryMs;
      } else {
        if (this.stopping.signal.aborted) return;
        await sleep(pauseMs, undefined, this.stopping).catch(() => undefined);
        pauseMs = Math.min(pauseMs * 2, maxRetryMs);
      }
    }
  }

  /** The entry's id makes a repeat harmless when only the answer was lost. */
  private async record(entry: AuditEntry): Promise<boolean> {
    try {
      await this.requests.call(RecordAudit, entry);
      return true;
    } catch (error) {
      this.logger.warn({ err: error }, 'the audit log does not answer');
      return error instanceof UserError;
    }
  }
}
