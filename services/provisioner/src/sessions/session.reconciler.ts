import { RuntimeError, type LabRuntime, type Removal } from '@lab-orchestrator/lab-runtime';
import type { ReplyOf, GetDesiredSession, SessionObservation, SessionSpec } from '@lab-orchestrator/contracts';
import { imageNeeds, imageVerdict, type ImageVerdict } from './image-needs.js';
import { type Outcome, done, retryIn } from '../queues/outcome.js';
import type { ReconcileIntervals } from './reconcile-intervals.js';
import type { SessionReporter } from './session.reporter.js';
import type { Retries } from './retries.js';
import { allPaused, allUp, brokenSystems, failureOf } from './session-state.js';

export type DesiredSession = ReplyOf<typeof GetDesiredSession>;
type WithSpec = DesiredSession & { spec: SessionSpec };

/**
 * Brings one session closer to what is wanted: compares, applies the difference, says what it saw, and when to look
 * again. Running it once more is always safe; it keeps nothing between two runs that it would miss.
 */
export class SessionReconciler {
  constructor(
    private readonly runtime: LabRuntime,
    private readonly reporter: SessionReporter,
    private readonly retries: Retries,
    private readonly intervals: ReconcileIntervals,
    private readonly overtaken: { inc(): void },
    private readonly held: { inc(): void },
  ) {}

  async reconcile(session: DesiredSession): Promise<Outcome> {
    if (session.desired === 'ended')
      return session.phase === 'ended' ? this.removeLeftovers(session.sessionId, session) : this.end(session);
    const { spec } = session;
    if (spec === undefined) return done;
    const wanted = { ...session, spec };
    switch (session.phase) {
      case 'provisioning':
        return this.provision(wanted);
      case 'resuming':
        return this.resume(wanted);
      case 'pausing':
        return this.pause(wanted);
      case 'ready':
        return this.look(wanted);
      case 'paused':
        return this.keepPaused(wanted);
      // Not admitted yet, or waiting for a person.
      case 'requested':
      case 'queued':
      case 'failed':
      case 'ending':
      case 'ended':
        return done;
    }
  }

  /** Something of a session that is not open any more, and that perhaps nobody knows. */
  async removeLeftovers(sessionId: string, session?: DesiredSession): Promise<Outcome> {
    const removal = await this.runtime.remove(sessionId);
    return removal.gone ? done : this.notGone(removal, session);
  }

  private async end(session: DesiredSession): Promise<Outcome> {
    const outcome = await this.removeLeftovers(session.sessionId, session);
    if ('done' in outcome) await this.reporter.ended(session);
    return outcome;
  }

  private async notGone({ remaining, heldSince }: Removal, session?: DesiredSession): Promise<Outcome> {
    if (!heldSince) return retryIn(this.intervals.removingMs);
    this.held.inc();
    const held = { since: heldSince.toISOString(), holders: shortened(remaining) };
    if (session) await this.reporter.removalHeld(session, held);
    return { retryInMs: this.intervals.heldMs, held };
  }

  private async provision(session: WithSpec): Promise<Outcome> {
    const images = await this.images(session.spec);
    if (images.state === 'failed') return this.fail(session, images.reason);
    if (images.state === 'waiting') {
      await this.reporter.waitingForImages(session, images.percent);
      return retryIn(this.intervals.importingMs);
    }
    try {
      await this.runtime.apply(session.spec);
    } catch (error) {
      if (isOvertaken(error)) {
        this.overtaken.inc();
        return retryIn(this.intervals.startingMs);
      }
      const reason = refusal(error);
      if (reason) return this.fail(session, reason);
      throw error;
    }
    return this.settle(session, await this.runtime.observe(session.spec));
  }

  private async settle(session: WithSpec, observation: SessionObservation): Promise<Outcome> {
    const failure = failureOf(observation);
    if (failure) {
      if (!(await this.retries.mayRestart(session))) {
        await this.reporter.progressed(session, observation);
        return this.fail(session, failure);
      }
      for (const { name } of brokenSystems(observation))
        await this.runtime.restart({ sessionId: session.sessionId, system: name });
      return retryIn(this.intervals.startingMs);
    }
    await this.reporter.progressed(session, observation);
    if (!allUp(session.spec, observation)) return retryIn(this.intervals.startingMs);
    await this.reporter.provisioned(session);
    return done;
  }

  private async resume(session: WithSpec): Promise<Outcome> {
    await this.runtime.resume(session.sessionId);
    return this.settle(session, await this.runtime.observe(session.spec));
  }

  private async pause(session: WithSpec): Promise<Outcome> {
    await this.runtime.pause(session.sessionId, pauseOf(session));
    const observation = await this.runtime.observe(session.spec);
    await this.reporter.progressed(session, observation);
    if (!allPaused(observation)) return retryIn(this.intervals.startingMs);
    await this.reporter.paused(session);
    return done;
  }

  /** Asked again: what came up meanwhile is paused, too, and a machine whose time has come is shut down. */
  private async keepPaused(session: WithSpec): Promise<Outcome> {
    await this.runtime.pause(session.sessionId, pauseOf(session));
    return done;
  }

  /** A ready session: a system that was lost is told, and the owner of the session decides. */
  private async look(session: WithSpec): Promise<Outcome> {
    const observation = await this.runtime.observe(session.spec);
    await this.reporter.progressed(session, observation);
    return done;
  }

  private async images(spec: SessionSpec): Promise<ImageVerdict> {
    const needs = imageNeeds(spec);
    const unique = new Map(needs.map(({ image }) => [image.id, image]));
    const observed = await Promise.all(
      [...unique.values()].map(async (image) => [image.id, await this.runtime.ensureImage(image)] as const),
    );
    return imageVerdict(needs, new Map(observed));
  }

  private async fail(session: WithSpec, reason: Parameters<SessionReporter['failed']>[1]): Promise<Outcome> {
    await this.reporter.failed(session, reason);
    return done;
  }
}

const pauseOf = ({ spec }: WithSpec) => ({ hibernate: spec.pause === 'hibernate' });

/** Enough to act on; a session with hundreds of objects has one cause for them all. */
const maxHolders = 50;
const shortened = (holders: string[]) =>
  holders.length > maxHolders ? [...holders.slice(0, maxHolders), `and ${holders.length - maxHolders} more`] : holders;

/** A later wish came while this one was worked on, perhaps by a worker that slept: what is wanted now is asked anew. */
const isOvertaken = (error: unknown) => error instanceof RuntimeError && error.code === 'stale_generation';

/** What the runtime will refuse however often it is asked. */
function refusal(error: unknown) {
  if (!(error instanceof RuntimeError) || error.retryable) return undefined;
  return { code: error.code, text: error.message, advice: 'Tell your lecturer: this lab cannot run here as it is.' };
}
