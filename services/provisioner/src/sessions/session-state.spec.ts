import type { SessionSpec, SystemObservation } from '@lab-orchestrator/contracts';
import { describe, expect, it } from 'vitest';
import { allPaused, allUp, failureOf } from './session-state.js';

const sessionId = '0192f0c1-0000-7000-8000-000000000001';
const system = (name: string, state: SystemObservation['state']): SystemObservation => ({
  name,
  state,
  stage: 'ready',
  addresses: {},
});
const observed = (...states: SystemObservation['state'][]) => ({
  sessionId,
  systems: states.map((state, index) => system(`s${index}`, state)),
});
const specOf = (...strategies: (string | undefined)[]) =>
  ({
    sessionId,
    systems: strategies.map((runStrategy, index) => ({
      name: `s${index}`,
      kind: runStrategy ? 'vm' : 'container',
      runStrategy,
    })),
  }) as unknown as SessionSpec;

describe('allUp', () => {
  it.each([
    [specOf(undefined), observed('ready'), true],
    [specOf(undefined, undefined), observed('ready', 'starting'), false],
    [specOf(undefined, undefined), observed('ready'), false],
    [specOf('halted'), observed('stopped'), true],
    [specOf('manual'), observed('stopped'), true],
    [specOf('always'), observed('stopped'), false],
    [specOf('always'), observed('broken'), false],
  ])('case %#', (spec, observation, up) => expect(allUp(spec, observation)).toBe(up));
});

describe('allPaused', () => {
  it.each([
    [observed('paused', 'paused'), true],
    [observed('paused', 'stopped'), true],
    [observed('paused', 'ready'), false],
  ])('case %#', (observation, paused) => expect(allPaused(observation)).toBe(paused));
});

describe('failureOf', () => {
  it('names the broken system', () =>
    expect(failureOf(observed('ready', 'broken'))).toMatchObject({ code: 'system_broken', system: 's1' }));
  it('is nothing while all go on', () => expect(failureOf(observed('ready', 'starting'))).toBeUndefined());
});
