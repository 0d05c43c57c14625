import type { Instructions, StepDefinition, StepState } from '@lab-orchestrator/contracts';
import type { PendingTick } from './tick-queue.js';

export interface StepView {
  definition: StepDefinition;
  state: StepState;
  /** Ticked here, not known to the server yet. */
  pending: boolean;
}
export interface Bar {
  done: number;
  steps: number;
  points: number;
  maxPoints: number;
}
export interface PageOutline {
  slug: string;
  title: string;
  durationS: number | undefined;
  steps: StepView[];
  bar: Bar;
}
export interface Outline {
  pages: PageOutline[];
  bar: Bar;
}

/** A step nobody has touched. */
export const untouched = ({ id, points, kind, attempts, checks }: StepDefinition): StepState => ({
  id,
  done: false,
  points,
  hints: [],
  checks: checks.map((check) => ({ id: check, passed: false })),
  ...(kind === 'quiz' && { quiz: { attempts: 0, attemptsLeft: attempts ?? null } }),
});

/** The pages with their steps, as the server knows them and with what was ticked since. */
export function outlineOf({ pages, states }: Instructions, pending: readonly PendingTick[]): Outline {
  const known = new Map(states.map((state) => [state.id, state]));
  const ticks = new Map(pending.map(({ stepId, done }) => [stepId, done]));
  const outlined = pages.map(({ slug, title, durationS, steps }) => {
    const views = steps.map((definition) => {
      const state = known.get(definition.id) ?? untouched(definition);
      const ticked = ticks.get(definition.id);
      return {
        definition,
        state: ticked === undefined ? state : { ...state, done: ticked },
        pending: ticked !== undefined && ticked !== state.done,
      };
    });
    return { slug, title, durationS, steps: views, bar: barOf(views) };
  });
  return { pages: outlined, bar: barOf(outlined.flatMap(({ steps }) => steps)) };
}

export function barOf(steps: readonly StepView[]): Bar {
  const done = steps.filter(({ state }) => state.done);
  return {
    done: done.length,
    steps: steps.length,
    points: sum(done.map(({ state }) => state.points)),
    maxPoints: sum(steps.map(({ definition }) => definition.points)),
  };
}

export const percentOf = ({ done, steps }: Pick<Bar, 'done' | 'steps'>): number =>
  steps === 0 ? 0 : Math.floor((done / steps) * 100);

/** Where a reader goes on: the page that was open last, else the first one with something to do. */
export function startPage({ pages }: Outline, last: string | undefined): string | undefined {
  const open = pages.find(({ bar }) => bar.done < bar.steps);
  return pages.find(({ slug }) => slug === last)?.slug ?? (open ?? pages[0])?.slug;
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

/** The pages before and after one. */
export function neighbours({ pages }: Outline, slug: string) {
  const at = pages.findIndex((page) => page.slug === slug);
  return { previous: at > 0 ? pages[at - 1] : undefined, next: at >= 0 ? pages[at + 1] : undefined };
}
