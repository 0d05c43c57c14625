import { createHash } from 'node:crypto';
import {
  LabEnded,
  LabFailed,
  LabPaused,
  LabProgressed,
  LabProvisioned,
  LabRemovalHeld,
  LabResumed,
  type Reason,
  type SessionObservation,
  type SessionSpec,
} from '@lab-orchestrator/contracts';
import type { EventPublisher } from '@lab-orchestrator/platform';
import { LRUCache } from 'lru-cache';
import type { HeldRemoval } from '../queues/outcome.js';
import type { DesiredSession } from './session.reconciler.js';

type Systems = Parameters<typeof LabProgressed.key>[0]['systems'];

/**
 * Tells everyone what the runtime shows. Ids are computed from what is said and in which job, so that a repeated job
 * says it once; whoever listens guards by generation and phase as well.
 */
export class SessionReporter {
  /** What was said last of each session, so that standing still is not news. Losing it costs one repeat. */
  private readonly lastSaid = new LRUCache<string, string>({ max: 10_000 });

  constructor(
    private readonly events: Pick<EventPublisher, 'publish'>,
    private readonly jobId: () => string,
  ) {}

  async progressed(session: DesiredSession, { systems }: SessionObservation) {
    await this.sayProgress(session, systems);
  }

  async waitingForImages(
    session: DesiredSession & { spec: SessionSpec },
    percent: ReadonlyMap<string, number | undefined>,
  ) {
    const systems = session.spec.systems.map(({ name }): Systems[number] => {
      const known = percent.get(name);
      return { name, state: 'starting', stage: 'image', percent: percent.has(name) ? known : 100 };
    });
    await this.sayProgress(session, systems);
  }

  /** Ready after a start or a repair, or running again after a pause. */
  async provisioned(session: DesiredSession) {
    await this.say(session.phase === 'resuming' ? LabResumed : LabProvisioned, session, {});
  }

  async paused(session: DesiredSession) {
    await this.say(LabPaused, session, {});
  }

  async failed(session: DesiredSession, reason: Reason) {
    await this.events.publish(LabFailed, { ...keyOf(session), reason }, { id: this.idFor(session, LabFailed.type) });
  }

  /** Said once for all jobs, and again when something else holds it. */
  async removalHeld(session: DesiredSession, { since: heldSince, holders }: HeldRemoval) {
    const fingerprint = fingerprintOf([session.generation, holders.toSorted()]);
    if (this.lastSaid.get(session.sessionId) === fingerprint) return;
    await this.events.publish(
      LabRemovalHeld,
      { ...keyOf(session), heldSince, holders },
      { id: `${session.sessionId}.${LabRemovalHeld.type}.${fingerprint}` },
    );
    this.lastSaid.set(session.sessionId, fingerprint);
  }

  async ended(session: DesiredSession) {
    this.lastSaid.delete(session.sessionId);
    await this.events.publish(
      LabEnded,
      { ...keyOf(session), reason: session.endReason ?? 'user' },
      { id: this.idFor(session, LabEnded.type) },
    );
  }

  private async say(
    event: typeof LabProvisioned | typeof LabPaused | typeof LabResumed,
    session: DesiredSession,
    facts: object,
  ) {
    await this.events.publish(event, { ...keyOf(session), ...facts }, { id: this.idFor(session, event.type) });
  }

  private async sayProgress(session: DesiredSession, systems: Systems) {
    const rounded = systems.map((system) => ({
      ...system,
      percent: system.percent === undefined ? undefined : Math.floor(system.percent),
    }));
    const fingerprint = fingerprintOf([session.generation, session.phase, rounded]);
    if (this.lastSaid.get(session.sessionId) === fingerprint) return;
    await this.events.publish(
      LabProgressed,
      { ...keyOf(session), systems: rounded },
      { id: `${this.idFor(session, LabProgressed.type)}.${fingerprint.slice(0, 12)}` },
    );
    this.lastSaid.set(session.sessionId, fingerprint);
  }

  private idFor({ sessionId, generation }: DesiredSession, type: string) {
    return `${sessionId}.${generation}.${type}.${this.jobId()}`;
  }
}

const fingerprintOf = (said: unknown) => createHash('sha256').update(JSON.stringify(said)).digest('base64url');

const keyOf = ({ sessionId, generation }: DesiredSession) => ({ sessionId, generation });
