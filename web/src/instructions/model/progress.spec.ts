// @vitest-environment node
import type { Instructions, StepDefinition } from '@lab-orchestrator/contracts';
import { describe, expect, it } from 'vitest';
import { neighbours, outlineOf, percentOf, startPage } from './progress.js';

const step = (id: string, page: string, points = 1): StepDefinition => ({
  id,
  page,
  kind: 'tick',
  title: id,
  points,
  checks: [],
  hints: [],
});
const page = (slug: string, steps: StepDefinition[]) => ({ slug, title: slug, order: 1, language: 'en', steps });
const instructions: Instructions = {
  sessionId: 's',
  labId: 'l',
  version: 1,
  languages: ['en'],
  language: 'en',
  pages: [page('one', [step('a', 'one', 2), step('b', 'one')]), page('two', [step('c', 'two')]), page('three', [])],
  userId: 'u',
  canAct: true,
  // One point of `a` went for a hint.
  states: [{ id: 'a', done: true, points: 1, hints: [], checks: [] }],
  progress: { steps: 3, done: 1, points: 1, maxPoints: 4 },
  answers: {},
};

describe('outlineOf', () => {
  it('counts steps and points by page and for the lab', () => {
    const { pages, bar } = outlineOf(instructions, []);
    expect(pages.map((one) => one.bar)).toEqual([
      { done: 1, steps: 2, points: 1, maxPoints: 3 },
      { done: 0, steps: 1, points: 0, maxPoints: 1 },
      { done: 0, steps: 0, points: 0, maxPoints: 0 },
    ]);
    expect(bar).toEqual({ done: 1, steps: 3, points: 1, maxPoints: 4 });
  });

  it('shows ticks that wait as done and as waiting', () => {
    const { pages, bar } = outlineOf(instructions, [{ id: '1', stepId: 'b', done: true }]);
    expect(pages[0]?.steps.map(({ state, pending }) => [state.done, pending])).toEqual([
      [true, false],
      [true, true],
    ]);
    expect(bar.done).toBe(2);
  });

  it('a tick that the server knows by now does not wait any more', () => {
    const { pages } = outlineOf(instructions, [{ id: '1', stepId: 'a', done: true }]);
    expect(pages[0]?.steps[0]?.pending).toBe(false);
  });
});

describe('percentOf', () => {
  it.each([
    [0, 0, 0],
    [0, 3, 0],
    [1, 3, 33],
    [199, 200, 99],
    [3, 3, 100],
  ])('%d of %d are %d %', (done, steps, percent) => expect(percentOf({ done, steps })).toBe(percent));
});

describe('startPage', () => {
  const outline = outlineOf(instructions, []);
  it('is the page that was open last', () => expect(startPage(outline, 'three')).toBe('three'));
  it('is the first with something to do', () => expect(startPage(outline, undefined)).toBe('one'));
  it('is not a page that is gone', () => expect(startPage(outline, 'removed')).toBe('one'));
  it('is the first when all is done', () => {
    const all = ['b', 'c'].map((stepId) => ({ id: stepId, stepId, done: true }));
    expect(startPage(outlineOf(instructions, all), undefined)).toBe('one');
  });
  it('is none without pages', () => expect(startPage({ pages: [], bar: outline.bar }, 'one')).toBeUndefined());
});

describe('neighbours', () => {
  const outline = outlineOf(instructions, []);
  it.each([
    ['one', undefined, 'two'],
    ['two', 'one', 'three'],
    ['three', 'two', undefined],
    ['gone', undefined, undefined],
  ])('of %s are %s and %s', (slug, previous, next) => {
    const found = neighbours(outline, slug);
    expect([found.previous?.slug, found.next?.slug]).toEqual([previous, next]);
  });
});
