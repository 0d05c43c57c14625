import {
  type CloudEvent,
  type Principal,
  type routes,
  UserDeleted,
  UserDisabled,
  UserSignedOut,
  UserUpdated,
} from '@lab-orchestrator/contracts';
import { CONFIG, Metrics, UserError } from '@lab-orchestrator/platform';
import { Inject, Injectable, type OnModuleInit, StreamableFile } from '@nestjs/common';
import type { GatewayConfig } from '../config.js';
import type { CallOf } from '../http/call.js';
import { eventFilter } from './event-filter.js';
import { EventHub } from './event-hub.js';
import { EventRights } from './event-rights.js';
import { EventStream } from './event-stream.js';

const heartbeatMs = 15_000;
/** Longer is not resumed event by event: reading the present state again is cheaper for everybody. */
const maxReplayed = 1_000;
/** Streams opened with an API token come back after this time, and are refused if it was revoked. */
const tokenStreamMs = 600_000;

/** All open event streams of this process. */
@Injectable()
export class EventStreams implements OnModuleInit {
  private readonly open = new Set<EventStream>();
  private readonly gauge: { set(value: number): void };

  constructor(
    private readonly hub: EventHub,
    private readonly rights: EventRights,
    @Inject(CONFIG) private readonly config: GatewayConfig,
    metrics: Metrics,
  ) {
    this.gauge = metrics.gauge('lab_event_streams', 'Open event streams');
  }

  onModuleInit() {
    this.hub.listen({ onEvent: ({ event }) => this.closeRevoked(event), onGap: () => undefined });
  }

  /** Browsers come back, here or elsewhere, and miss nothing. */
  end() {
    for (const stream of this.open) stream.destroy();
  }

  connect(call: CallOf<typeof routes.events>): StreamableFile {
    const { principal } = call;
    if (!principal) throw new UserError('unauthenticated', { status: 401 });
    this.requireRoom(principal);
    const stream = this.begin(principal, call);
    this.resume(stream, lastEventId(call.request.headers['last-event-id']));
    const stop = this.hub.listen(stream);
    this.open.add(stream);
    this.gauge.set(this.open.size);
    const ageOut = principal.via === 'token' ? setTimeout(() => stream.push(null), tokenStreamMs) : undefined;
    stream.once('close', () => {
      stop();
      clearTimeout(ageOut);
      this.open.delete(stream);
      this.gauge.set(this.open.size);
    });
    void call.reply.headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    return new StreamableFile(stream, { type: 'text/event-stream; charset=utf-8' });
  }

  private begin(principal: Principal, { query }: CallOf<typeof routes.events>) {
    const isWanted = eventFilter(query);
    const { courseId } = query;
    const shows = async (event: CloudEvent) =>
      isWanted(event) &&
      (await this.rights.may(principal, event)) &&
      (courseId === undefined || this.rights.isOfCourse(event, courseId));
    return new EventStream({ principal, shows, heartbeatMs });
  }

  private resume(stream: EventStream, after: number | undefined) {
    const missed = after === undefined ? [] : this.hub.history.after(after);
    if (missed && missed.length <= maxReplayed) {
      const start = after ?? this.hub.history.last;
      if (start !== undefined) stream.startAt(start);
      for (const seen of missed) stream.onEvent(seen);
      return;
    }
    if (this.hub.history.last !== undefined) stream.startAt(this.hub.history.last);
    stream.onGap();
  }

  private requireRoom({ userId }: Principal) {
    const own = [...this.open].filter((stream) => stream.principal.userId === userId);
    if (own.length < this.config.LAB_EVENT_STREAMS_PER_USER) return;
    const detail = 'You have too many open pages.';
    throw new UserError('too_many_streams', { status: 429, detail, retryAfterS: 30 });
  }

  /** Signed out, disabled, deleted, or in another role: the connection does not outlive the right. */
  private closeRevoked({ type, subject, data }: CloudEvent) {
    if (type === UserDisabled.type || type === UserDeleted.type) this.close(subject, () => true);
    if (type === UserSignedOut.type) {
      const { familyId } = UserSignedOut.data.parse(data);
      this.close(subject, (principal) => familyId === undefined || principal.familyId === familyId);
    }
    if (type === UserUpdated.type) {
      const { role } = UserUpdated.data.parse(data);
      this.close(subject, (principal) => principal.role !== role);
    }
  }

  private close(userId: string, isConcerned: (principal: Principal) => boolean) {
    for (const stream of this.open) {
      if (stream.principal.userId === userId && isConcerned(stream.principal)) stream.destroy();
    }
  }
}

/** Something else than a number of ours is treated like a position long gone. */
function lastEventId(header: string | string[] | undefined): number | undefined {
  if (header === undefined || header === '') return undefined;
  return /^\d{1,15}$/.test(String(header)) ? Number(header) : -1;
}
