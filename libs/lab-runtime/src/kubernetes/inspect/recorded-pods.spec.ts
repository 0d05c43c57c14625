import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Pod } from '../client/kinds.js';
import { observePod } from './observe-pod.js';

function recorded(name: string): Pod {
  return JSON.parse(readFileSync(new URL(`../testing/fixtures/pod-${name}.json`, import.meta.url), 'utf8'));
}

it.each([
  ['ready', 'ready', 'ready', undefined, undefined],
  ['image-pull', 'broken', 'image', 'image_not_found', /localhost:9\/no\/such:image/],
  ['unschedulable', 'broken', 'image', 'no_node_fits', /What is short: cpu, memory\./],
  ['crash-loop', 'broken', 'boot', 'system_exited', /code 42.*the disk is upside down/],
  ['out-of-memory', 'broken', 'boot', 'out_of_memory', /memory/],
  ['not-startable', 'broken', 'boot', 'system_not_startable', /no-such-program/],
  ['node-lost', 'broken', 'boot', 'node_lost', /node-2 does not answer/],
  ['node-lost-evicted', 'broken', 'boot', 'node_lost', /node-2 does not answer/],
  ['completed', 'broken', 'boot', 'system_exited', /code 0/],
])('a recorded pod, %s, is %s at %s', (name, state, stage, code, text) => {
  const pod = recorded(name);
  const nowMs = Date.parse(String(pod.metadata.creationTimestamp)) + 300_000;
  const seen = observePod({
    system: { name, ready: { timeoutS: 600 }, networks: ['lan'] },
    pod,
    paused: false,
    nowMs,
  });
  expect([seen.state, seen.stage, seen.reason?.code]).toEqual([state, stage, code]);
  expect(state === 'broken').toBe(/\w{3}/.test(seen.reason?.advice ?? ''));
  if (text) expect(seen.reason?.text).toMatch(text);
  if (state === 'ready') expect(seen.addresses).toEqual({ lan: pod.status?.podIP });
});

it('a pod is waited for when its node has only just stopped to answer', () => {
  const pod = recorded('node-lost');
  const lost = pod.status?.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime;
  const look = (seconds: number) =>
    observePod({
      system: { name: 'web', ready: { timeoutS: 600 }, networks: ['lan'] },
      pod,
      paused: false,
      nowMs: Date.parse(String(lost)) + seconds * 1000,
    }).state;
  expect([look(5), look(59), look(60)]).toEqual(['starting', 'starting', 'broken']);
});
