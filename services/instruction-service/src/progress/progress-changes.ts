import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataInputOf, EventDefinition } from '@lab-orchestrator/contracts';
import { Database, isTransient, Outbox } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Batches, type Outcome } from '../batches/batches.js';
import { Clock } from '../clock.js';
import type { StepSituation } from '../sessions/session-access.js';
import { ChangeSet } from './change-set.js';
import { type LogLine, nameOf, type Participant, ProgressStore } from './progress.store.js';
import type { StepRecord } from './step-record.js';

/** What becomes of a step, and what is to be told beside its completion. Undefined: it stays as it is. */
export interface Change {
  record: StepRecord;
  /** Without one it is nobody's deed: a check that ran by itself, and found what it had found before. */
  log?: LogLine | undefined;
  tell?: (tell: Tell, about: About) => void;
}
/** Adds one event to what is told when the change is committed. */
export type Tell = <E extends EventDefinition>(definition: E, data: DataInputOf<E>) => void;
/** What every event about a step carries. */
export interface About {
  sessionId: string;
  userId: string;
  labId: string;
  version: number;
  courseId?: string;
  stepId: string;
}
export interface Changed {
  before: StepRecord;
  record: StepRecord;
  participant: Participant;
}
export interface Order {
  at: Pick<StepSituation, 'session' | 'lab' | 'step' | 'person'>;
  work: (record: StepRecord, now: Date) => Change | undefined;
  actorId: string;
  /** Runs something as part of the call that asked: its events carry that call's id. */
  inCall: <T>(work: () => T) => T;
}

/** Enough that all of a class who click at once share a transaction, and no lock is held for long. */
const together = { lanes: 2, size: 64 };

/**
 * The only way in which progress changes: under the lock of the person's row, with the events of what changed in the same
 * transaction. Two tabs, repeats and processes come one after the other, so a step is completed once. People who click at
 * the same time share a transaction; what is refused to one does not concern the others.
 */
@Injectable()
export class ProgressChanges {
  private readonly once = new Batches<Order, Changed>((orders) => this.commit(orders, false), together);
  private readonly repeatable = new Batches<Order, Changed>((orders) => this.commit(orders, true), together);

  constructor(
    private readonly database: Database,
    private readonly store: ProgressStore,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * @param work from the step as it is to what it becomes; without effects, since it may run again
   * @param options.actorId who did it, when it is not the person themselves
   * @param options.repeatable the work finds its own effect when it runs again after a commit
   */
  change(
    at: Order['at'],
    work: Order['work'],
    { actorId = at.person.userId, repeatable = false }: { actorId?: string; repeatable?: boolean } = {},
  ): Promise<Changed> {
    const order = { at, work, actorId, inCall: AsyncLocalStorage.snapshot() };
    return (repeatable ? this.repeatable : this.once).do(order);
  }

  private async commit(orders: readonly Order[], repeatable: boolean): Promise<Array<Outcome<Changed>>> {
    const transaction = (some: readonly Order[]) =>
      this.database.transaction((tx) => this.inTransaction(tx, some), { repeatable });
    try {
      return await transaction(orders);
    } catch (error) {
      if (orders.length === 1 || isTransient(error)) throw error;
      // One of them is broken; the others shall not notice.
      const each = await Promise.allSettled(orders.map((order) => transaction([order])));
      return each.flatMap((settled): Array<Outcome<Changed>> =>
        settled.status === 'rejected' ? [{ error: settled.reason }] : settled.value,
      );
    }
  }

  private async inTransaction(tx: EntityManager, orders: readonly Order[]): Promise<Array<Outcome<Changed>>> {
    const now = this.clock.now();
    const people = orders.map(({ at: { session, person } }) => ({
      sessionId: session.id,
      userId: person.userId,
      displayName: person.displayName,
    }));
    const each = [...new Map(people.map((person) => [nameOf(person), person])).values()];
    const participants = await this.store.lock(tx, each, now);
    const wanted = orders.map(({ at: { session, step, person } }) => ({
      sessionId: session.id,
      userId: person.userId,
      stepId: step.id,
    }));
    const changes = new ChangeSet(this.outbox, now, participants, await this.store.stepsOf(tx, wanted));
    const outcomes = orders.map((order) => changes.apply(order));
    if (!changes.isEmpty) await this.store.save(tx, changes.saved());
    await this.outbox.addAll(tx, changes.events);
    return outcomes;
  }
}
