import {
  type CloudEvent,
  type EventDefinition,
  LabChanged,
  LabEnded,
  LabMembersChanged,
  UserDeleted,
  UserDisabled,
  UserSignedOut,
  UserUpdated,
} from '@lab-orchestrator/contracts';
import { EventFeed } from '@lab-orchestrator/platform';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { z } from 'zod';
import { Revocation } from './revocation.js';
import { ViewerCheck } from './viewer-check.js';

type Reaction = (data: unknown) => Promise<void> | void;
const on = <Data extends z.ZodType>(
  event: EventDefinition<string, Data>,
  react: (data: z.output<Data>) => Promise<void> | void,
): [string, Reaction] => [event.type, (data) => react(event.data.parse(data))];

/** Every process hears every event that takes a right away, and closes what it holds within moments. */
@Injectable()
export class RevocationFeed implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Revocation');
  private readonly stopping = new AbortController();
  private readonly reactions: ReadonlyMap<string, Reaction>;

  constructor(
    private readonly feed: EventFeed,
    revocation: Revocation,
    private readonly check: ViewerCheck,
  ) {
    this.reactions = new Map([
      on(LabEnded, ({ sessionId }) => revocation.sessionEnded(sessionId)),
      on(LabChanged, ({ sessionId, phase }) => {
        if (phase === 'ending') return revocation.sessionEnded(sessionId);
        if (phase === 'pausing') revocation.sessionPaused(sessionId);
      }),
      on(LabMembersChanged, async ({ sessionId, removedUserIds }) => {
        await revocation.membersRemoved(sessionId, removedUserIds);
        await check.run();
      }),
      on(UserUpdated, () => check.run()),
      on(UserDisabled, ({ userId }) => revocation.userLost(userId)),
      on(UserDeleted, ({ userId }) => revocation.userLost(userId)),
      on(UserSignedOut, ({ userId, familyId }) => revocation.signedOut(userId, familyId)),
    ]);
  }

  onApplicationBootstrap() {
    void this.follow();
  }

  beforeApplicationShutdown() {
    this.stopping.abort();
  }

  private async follow() {
    for await (const item of this.feed.open({ signal: this.stopping.signal })) {
      // After a gap anything may have happened: ask for everyone who is connected.
      await (item.kind === 'gap' ? this.check.run() : this.react(item.event)).catch((error: unknown) =>
        this.logger.error({ err: error }, 'a revocation failed'),
      );
    }
  }

  private async react({ type, data }: CloudEvent) {
    await this.reactions.get(type)?.(data);
  }
}
