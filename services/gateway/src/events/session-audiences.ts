import { GetAudience, LabMembersChanged, type ReplyOf } from '@lab-orchestrator/contracts';
import { RequestClient, UserError } from '@lab-orchestrator/platform';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { EventHub } from './event-hub.js';

export type SessionAudience = ReplyOf<typeof GetAudience>;

/** Who may see the events of a session, asked once and remembered until its members change. */
@Injectable()
export class SessionAudiences implements OnModuleInit {
  private readonly logger = new Logger('EventHub');
  private readonly known = new LRUCache<string, Promise<SessionAudience | undefined>>({ max: 10_000, ttl: 600_000 });

  constructor(
    private readonly requests: RequestClient,
    private readonly hub: EventHub,
  ) {}

  onModuleInit() {
    this.hub.listen({
      onEvent: ({ event }) => {
        if (event.type === LabMembersChanged.type) this.known.delete(event.subject);
      },
      onGap: () => this.known.clear(),
    });
  }

  /** Undefined when there is no such session. Rejects while it cannot be told. */
  of(sessionId: string): Promise<SessionAudience | undefined> {
    const cached = this.known.get(sessionId);
    if (cached) return cached;
    const asked = this.ask(sessionId);
    this.known.set(sessionId, asked);
    asked.catch((error: unknown) => {
      this.known.delete(sessionId);
      this.logger.warn({ err: error, sessionId }, 'the audience of a session is not known');
    });
    return asked;
  }

  private async ask(sessionId: string) {
    try {
      return await this.requests.call(GetAudience, { sessionId }, { deadlineMs: 3_000 });
    } catch (error) {
      if (error instanceof UserError && error.status === 404) return undefined;
      throw error;
    }
  }
}
