import { LabQueued, type Phase } from '@lab-orchestrator/contracts';
import { Database, Outbox } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Clock } from '../clock.js';
import { SessionMoves } from '../sessions/session-moves.js';
import { SessionEntity } from '../sessions/session.entity.js';
import { decideAdmissions, type Held, type Need } from './decide.js';
import { loadLimits } from './limits.js';
import { QueueEstimates } from './queue-estimates.js';
import { type CapacitySnapshot, RuntimeCapacity } from './runtime-capacity.js';

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
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
    private readonly moves: SessionMoves,
    private readonly capacity: RuntimeCapacity,
    private readonly estimates: QueueEstimates,
    private readonly clock: Clock,
  ) {}

  /** Decides again: something was given back, or time has passed. */
  async admitWaiting() {
    const capacity = await this.capacity.current();
    await this.db.transaction(async (tx) => {
      if (!(await tx.existsBy(SessionEntity, { phase: In(waitingPhases) }))) return;
      await this.lock(tx);
      await this.decide(tx, capacity);
    });
  }

  /** Holds every other decision back until this transaction ends. */
  async lock(tx: EntityManager) {
    await tx.query(`SELECT 1 FROM quotas WHERE scope = 'platform' FOR UPDATE`);
  }

  /** Admits what fits, tells the others their place. The caller holds the lock. */
  async decide(tx: EntityManager, capacity: CapacitySnapshot | undefined) {
    const waiting = await tx.find(SessionEntity, {
      where: { phase: In(waitingPhases) },
      order: { createdAt: 'ASC', id: 'ASC' },
      take: lookedAt,
    });
    const room = capacity && (await this.room(tx, capacity));
    const admitted = decideAdmissions(waiting, await this.held(tx), await loadLimits(tx), room);
    for (const session of waiting) if (admitted.has(session.id)) await this.admit(tx, session);
    const left = waiting.filter(({ id }) => !admitted.has(id));
    for (const [index, session] of left.entries()) await this.tellPlace(tx, session, index + 1);
  }

  private async admit(tx: EntityManager, session: SessionEntity) {
    const now = this.clock.now();
    // Waiting does not use up anybody's time.
    const deadlineAt = new Date(now.getTime() + session.deadlineAt.getTime() - session.createdAt.getTime());
    const line = { code: 'admitted', text: 'There is room: the systems are being prepared.' };
    await this.moves.move(
      tx,
      session,
      'provisioning',
      { admittedAt: now, deadlineAt, queuePlace: null, warnedMinutes: null },
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

  private held(tx: EntityManager): Promise<Held[]> {
    return tx.query<Held[]>(
      `SELECT owner_id AS "ownerId", lab_id AS "labId", count(*)::int AS sessions, sum(cpus) AS cpus,
              sum(memory_bytes)::double precision AS "memoryBytes"
       FROM sessions WHERE phase = ANY ($1) GROUP BY owner_id, lab_id`,
      [holdingPhases],
    );
  }

  /** What is promised to sessions that still start is not free, though the runtime does not hold it yet. */
  private async room(tx: EntityManager, { free, takenAt }: CapacitySnapshot): Promise<Need> {
    const [promised] = await tx.query<Need[]>(
      `SELECT coalesce(sum(cpus), 0) AS cpus, coalesce(sum(memory_bytes), 0)::double precision AS "memoryBytes"
       FROM sessions WHERE phase = 'provisioning' OR (phase = ANY ($1) AND admitted_at >= $2)`,
      [holdingPhases, takenAt],
    );
    return { cpus: free.cpus - (promised?.cpus ?? 0), memoryBytes: free.memoryBytes - (promised?.memoryBytes ?? 0) };
  }
}
