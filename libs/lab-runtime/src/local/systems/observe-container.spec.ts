import { describe, expect, it } from 'vitest';
import type { ContainerFacts } from './container-facts.js';
import { observeContainer } from './observe-container.js';

const nowMs = 1_000_000;
const facts: ContainerFacts = {
  id: 'c1',
  name: 'lab-main-x-alpha',
  sessionId: 'x',
  system: 'alpha',
  kind: 'container',
  generation: 1,
  userNamespace: false,
  state: 'running',
  cpus: 1,
  memoryBytes: 64 * 2 ** 20,
  oomKilled: false,
  restarts: 0,
  startedAtMs: nowMs - 5000,
  addresses: { lan: '10.201.0.10' },
};
const look = (change: Partial<ContainerFacts>, answers = false, log = '') =>
  observeContainer({
    system: { name: 'alpha', ready: { timeoutS: 60 }, memoryBytes: facts.memoryBytes },
    container: { ...facts, ...change },
    answers,
    log,
    maxRestarts: 2,
    nowMs,
  });

describe('observeContainer', () => {
  it.each<[string, Partial<ContainerFacts>, boolean, string, string, string | undefined]>([
    ['created', { state: 'created' }, false, 'starting', 'boot', undefined],
    ['running, silent', {}, false, 'starting', 'boot', undefined],
    ['running, answers', {}, true, 'ready', 'ready', undefined],
    ['running, answers late', { startedAtMs: 0 }, true, 'ready', 'ready', undefined],
    ['running, silent for too long', { startedAtMs: nowMs - 60_001 }, false, 'broken', 'boot', 'not_ready_in_time'],
    ['running, start unknown', { startedAtMs: undefined }, false, 'starting', 'boot', undefined],
    ['paused', { state: 'paused' }, false, 'paused', 'ready', undefined],
    ['restarting', { state: 'restarting' }, false, 'starting', 'boot', undefined],
    ['crashed once', { state: 'exited', exitCode: 1, restarts: 0 }, false, 'starting', 'boot', undefined],
    ['crashed, last try', { state: 'exited', exitCode: 1, restarts: 2 }, false, 'broken', 'boot', 'system_exited'],
    ['ended by itself', { state: 'exited', exitCode: 0 }, false, 'broken', 'boot', 'system_exited'],
    [
      'killed for memory',
      { state: 'exited', exitCode: 137, oomKilled: true, restarts: 2 },
      false,
      'broken',
      'boot',
      'out_of_memory',
    ],
    [
      'killed, engine unaware',
      { state: 'exited', exitCode: 137, restarts: 2 },
      false,
      'broken',
      'boot',
      'out_of_memory',
    ],
    [
      'killed for memory, tries left',
      { state: 'exited', exitCode: 137, oomKilled: true },
      false,
      'starting',
      'boot',
      undefined,
    ],
    ['removing', { state: 'removing' }, false, 'absent', 'boot', undefined],
    ['dead', { state: 'dead' }, false, 'broken', 'boot', 'system_exited'],
  ])('%s', (_case, change, answers, state, stage, code) => {
    const observation = look(change, answers);
    expect([observation.state, observation.stage, observation.reason?.code]).toEqual([state, stage, code]);
    expect(observation.addresses).toEqual({ lan: '10.201.0.10' });
  });

  it('repeats the last words and the exit code', () => {
    const { reason } = look({ state: 'exited', exitCode: 42, restarts: 2 }, false, 'no such disk');
    expect(reason).toMatchObject({ system: 'alpha', text: expect.stringMatching(/code 42.*no such disk/) });
  });
});
