import {
  type DataInputOf,
  type EventDefinition,
  InstructionCompleted,
  StepCompleted,
  StepReopened,
} from '@lab-orchestrator/contracts';
import type { ComposedEvent, Outbox } from '@lab-orchestrator/platform';
import type { Outcome } from '../batches/batches.js';
import type { LabInstructions } from '../labs/lab-instructions.store.js';
import type { About, Changed, Order, Tell } from './progress-changes.js';
import { nameOf, type Participant, type Saved, type Whose } from './progress.store.js';
import { blankStep, type StepRecord } from './step-record.js';

/** The changes of one transaction, one after the other, on what it has read and locked. */
export class ChangeSet {
  readonly events: ComposedEvent[] = [];
  private readonly people: Map<string, Participant>;
  private readonly steps: Map<string, StepRecord & Whose>;
  private readonly changedPeople = new Set<string>();
  private readonly changedSteps = new Set<string>();
  private readonly log: Array<Saved['log'][number]> = [];

  constructor(
    private readonly outbox: Pick<Outbox, 'compose'>,
    private readonly now: Date,
    participants: readonly Participant[],
    steps: ReadonlyArray<StepRecord & Whose>,
  ) {
    this.people = new Map(participants.map((participant) => [nameOf(participant), participant]));
    this.steps = new Map(steps.map((step) => [stepName(step), step]));
  }

  get isEmpty() {
    return this.changedPeople.size === 0;
  }

  saved(): Saved {
    return {
      people: [...this.people].flatMap(([name, person]) => (this.changedPeople.has(name) ? [person] : [])),
      steps: [...this.steps].flatMap(([name, step]) => (this.changedSteps.has(name) ? [step] : [])),
      log: this.log,
    };
  }

  /** One order; what it is refused for concerns nobody else. */
  apply(order: Order): Outcome<Changed> {
    try {
      return { value: order.inCall(() => this.change(order)) };
    } catch (error) {
      return { error };
    }
  }

  private change({ at: { session, lab, step, person }, work, actorId }: Order): Changed {
    const whose = { sessionId: session.id, userId: person.userId };
    const participant = this.people.get(nameOf(whose));
    if (!participant) throw new Error('a participant was not locked');
    const key = stepName({ ...whose, stepId: step.id });
    const before = this.steps.get(key) ?? { ...whose, ...blankStep(step.id) };
    const change = work(before, this.now);
    if (!change) return { before, record: before, participant };
    const record = { ...whose, ...change.record };
    const after = this.summed(participant, before, record, lab, change.log !== undefined);
    const about = {
      ...whose,
      labId: session.labId,
      version: session.version,
      ...(session.courseId && { courseId: session.courseId }),
      stepId: step.id,
    };
    // Composed first: an event that breaks its schema changes nothing.
    const told = this.told(about, { before, record, participant: after }, actorId, change.tell);
    if (after.completedAt && !participant.completedAt) told.push(this.finished(about, after, lab));
    this.events.push(...told);
    this.people.set(nameOf(whose), after);
    this.changedPeople.add(nameOf(whose));
    this.steps.set(key, record);
    this.changedSteps.add(key);
    if (change.log) this.log.push({ ...whose, stepId: step.id, at: this.now, ...change.log });
    return { before, record, participant: after };
  }

  private told(
    about: About,
    { before, record }: Changed,
    reopenedById: string,
    more?: (tell: Tell, about: About) => void,
  ) {
    const events: ComposedEvent[] = [];
    const tell = <E extends EventDefinition>(definition: E, data: DataInputOf<E>) =>
      void events.push(this.outbox.compose(definition, data));
    more?.(tell, about);
    if (!before.doneAt && record.doneAt) tell(StepCompleted, { ...about, points: record.points });
    if (before.doneAt && !record.doneAt) tell(StepReopened, { ...about, reopenedById });
    return events;
  }

  private finished(about: About, { points }: Participant, { maxPoints }: LabInstructions) {
    const { stepId: _, ...facts } = about;
    return this.outbox.compose(InstructionCompleted, { ...facts, points, maxPoints });
  }

  private summed(person: Participant, before: StepRecord, after: StepRecord, lab: LabInstructions, isDeed: boolean) {
    const done = person.done + Number(after.doneAt !== null) - Number(before.doneAt !== null);
    // Points have halves and tenths: sums of such drift in the last digit.
    const points = Math.max(0, Math.round((person.points + after.points - before.points) * 1e6) / 1e6);
    const completedAt = done === lab.steps.size ? (person.completedAt ?? this.now) : null;
    return { ...person, lastAt: isDeed ? this.now : person.lastAt, done, points, completedAt };
  }
}

const stepName = ({ stepId, ...whose }: Whose & { stepId: string }) => `${nameOf(whose)}/${stepId}`;
