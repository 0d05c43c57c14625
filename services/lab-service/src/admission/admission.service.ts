import { LabQueued, type Phase } from '@lab-orchestrator/contracts';
import { Database, Outbox } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, MoreThanOrEqual } from 'typeorm';
import { Clock } from '../clock.js';
import { LabVersions } from '../labs/lab-versions.js';
import { SessionMoves } from '../sessions/session-moves.js';
import { SessionEntity } from '../sessions/session.entity.js';
import { warnedAtStart } from '../sessions/timers/deadlines.js';
import { decideAdmissions, type Held, type LimitsFor } from './decide.js';
import type { Need } from './need.js';
import { lockLimits } from './limits.js';
import { nodeNeeds } from './node-need.js';
import { NodeRoom } from './node-room.js';
import { QueueEstimates } from './queue-estimates.js';
import { type CapacitySnapshot, RuntimeCapacity } from './runtime-capacity.js';
import { Turns } from './turns.js';

/** Phases in which a session holds what it was admitted with. */
const holdingPhases: Phase[] = ['provisioning', 'ready', 'pausing', 'paused', 'resuming', 'failed', 'ending'];
const waitingPhases: Phase[] = ['requested', 'queued'];
/** How much of the queue is looked at in one transaction. */
const lookedAt = 500;
/** People near the front see every step; those behind see their place when they look. */
const toldPlaces = 10;

/** Decides which sessions start now and which wait. One decision at a time on the whole platform, so quotas are never overshot. */
@Injectable()
export class AdmissionService {
  private readonly turns = new Turns();

  constructor(
    private readonly db: Database,
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    private readonly moves: SessionMoves,
    private readonly capacity: RuntimeCapacity,
    private readonly versions: LabVersions,
    private readonly estimates: QueueEstimates,
    private readonly clock: Clock,
  ) {}

  /** Decides again: something was given back, or time has passed. */
  async admitWaiting() {
    const waits = await this.dataSource.getRepository(SessionEntity).existsBy({ phase: In(waitingPhases) });
    if (waits) await this.decideAfter(() => Promise.resolve());
  }

  /**
   * Runs `work` and decides about what waits then, in one transaction and while nobody else decides: on this process
   * by turns (so that those who wait hold no connection), on the others by a lock.
   */
  async decideAfter<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const capacity = await this.capacity.current();
    return this.turns.take(() =>
      this.db.transaction(async (tx) => {
        const limits = await lockLimits(tx);
        const result = await work(tx);
        await this.decide(tx, limits, capacity);
        return result;
      }),
    );
  }

  /** Admits what fits, tells the others their place. */
  private async decide(tx: EntityManager, limits: LimitsFor, capacity: CapacitySnapshot | undefined) {
    const waiting = await tx.find(SessionEntity, {
      where: { phase: In(waitingPhases) },
      order: { createdAt: 'ASC', id: 'ASC' },
      take: lookedAt,
    });
    if (waiting.length === 0) return;
    const held = await this.held(tx);
    const starting = capacity ? await this.starting(tx, capacity.takenAt) : [];
    const lab = await this.versions.resolved([...waiting, ...starting].map(versionOf));
    const nodes = new NodeRoom((capacity?.nodes ?? []).map(({ free }) => free));
    // Where they will be is not known yet; that they take room somewhere is.
    const systemsOf = (session: LabVersionOf) => nodeNeeds(lab(versionOf(session)).systems, capacity?.vmOverhead);
    for (const session of starting) nodes.place(systemsOf(session));
    const asking = waiting.map((session) => ({ ...session, systems: systemsOf(session) }));
    const admitted = decideAdmissions(asking, held, limits, capacity && roomLeft(capacity.free, starting), nodes);
    for (const session of waiting) if (admitted.has(session.id)) await this.admit(tx, session);
    const left = waiting.filter(({ id }) => !admitted.has(id));
    for (const [index, session] of left.entries()) await this.tellPlace(tx, session, index + 1);
  }

  private async admit(tx: EntityManager, session: SessionEntity) {
    const now = this.clock.now();
    // Waiting does not use up anybody's time.
    const lengthMs = session.deadlineAt.getTime() - session.createdAt.getTime();
    const deadlineAt = new Date(now.getTime() + lengthMs);
    const line = { code: 'admitted', text: 'There is room: the systems are being prepared.' };
    await this.moves.move(
      tx,
      session,
      'provisioning',
      { admittedAt: now, deadlineAt, queuePlace: null, warnedMinutes: warnedAtStart(lengthMs) },
      line,
    );
  }

  private async tellPlace(tx: EntityManager, session: SessionEntity, place: number) {
    if (session.phase === 'requested') {
      const line = { code: 'queued', text: `All places are taken: waiting at place ${place}.` };
      if (!(await this.moves.move(tx, session, 'queued', { queuePlace: place }, line))) return;
    } else {
      if (place === session.queuePlace || place > toldPlaces) return;
      await tx.update(SessionEntity, { id: session.id }, { queuePlace: place });
    }
    const estimateS = await this.estimates.waitS(tx, place);
    await this.outbox.add(tx, LabQueued, {
      sessionId: session.id,
      generation: session.generation,
      place,
      ...(estimateS !== undefined && { estimateS }),
    });
  }

  /** Admitted, and perhaps not yet counted by the runtime. */
  private starting(tx: EntityManager, knownUntil: Date): Promise<StartingSession[]> {
    return tx.find(SessionEntity, {
      select: { labId: true, labVersion: true, cpus: true, memoryBytes: true },
      where: [{ phase: 'provisioning' }, { phase: In(holdingPhases), admittedAt: MoreThanOrEqual(knownUntil) }],
    });
  }

  private held(tx: EntityManager): Promise<Held[]> {
    return tx.query<Held[]>(
      `SELECT owner_id AS "ownerId", lab_id AS "labId", count(*)::int AS sessions,
              sum(cpus) AS cpus, sum(memory_bytes)::double precision AS "memoryBytes"
       FROM sessions WHERE phase = ANY ($1) GROUP BY owner_id, lab_id`,
      [holdingPhases],
    );
  }
}

type StartingSession = Pick<SessionEntity, 'labId' | 'labVersion' | 'cpus' | 'memoryBytes'>;

type LabVersionOf = Pick<SessionEntity, 'labId' | 'labVersion'>;

const versionOf = ({ labId, labVersion }: LabVersionOf) => ({ labId, version: labVersion });

/** What is promised to sessions that still start is not free, though the runtime does not hold it yet. */
const roomLeft = (free: Need, starting: readonly Need[]): Need => ({
  cpus: free.cpus - starting.reduce((sum, { cpus }) => sum + cpus, 0),
  memoryBytes: free.memoryBytes - starting.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
});
