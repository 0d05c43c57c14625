import { setTimeout as sleep } from 'node:timers/promises';
import type { SessionSpec } from '@lab-orchestrator/contracts';
import type { BenchRun, Row } from '../support/bench.ts';
import { statisticsOf } from '../support/statistics.ts';
import { type AuditedCall, AuditLog } from './audit-log.ts';
import { container, labOf, machine } from './labs.ts';
import type { Stage } from './stage.ts';

const labs = {
  'one container': () => labOf(container('alpha')),
  'three containers': () => labOf(container('alpha'), container('beta'), container('gamma')),
  'one machine': () => labOf(machine('alpha')),
};
const writes = new Set(['create', 'update', 'patch', 'delete', 'deletecollection']);

/** P3: what a session's life costs the API server, by its own word. */
export async function countCalls(stage: Stage, how: BenchRun): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, lab] of Object.entries(labs)) rows.push(...(await countLab(stage, how, name, lab)));
  return rows;
}

async function countLab(
  { ours, stand }: Stage,
  { say, quick }: BenchRun,
  lab: string,
  specOf: () => SessionSpec,
): Promise<Row[]> {
  const specs = Array.from({ length: quick ? 3 : 10 }, specOf);
  const quietS = quick ? 5 : 30;
  const log = new AuditLog();
  const lives = await Promise.all(specs.map((spec) => ours.start(spec)));
  await Promise.all(lives.map(({ ready }) => ready));
  await sleep(2_000);
  const quiet = new AuditLog();
  for (let second = 0; second < quietS; second += 1) {
    await Promise.all(specs.map((spec) => ours.runtime.observe(spec)));
    await sleep(1_000);
  }
  const inQuiet = await quiet.callsOf(stand.userOf('ours'));
  await Promise.all(lives.map((life) => life.end()));
  const calls = await log.callsOf(stand.userOf('ours'));
  say(`${lab}: ${calls.length} calls for ${specs.length} sessions, of them without a session: ${shared(calls, specs)}`);
  say(`${lab}, a session: ${summary(calls.filter((call) => isOf(call, specs[0]?.sessionId ?? '')))}`);
  const counted = (name: string, count: (own: AuditedCall[]) => number, bar?: string): Row => {
    const values = specs.map(({ sessionId }) => count(calls.filter((call) => isOf(call, sessionId))));
    return { name: `${lab}: ${name}`, unit: '', bar, values, ...statisticsOf(values) };
  };
  const polls = specs.map(({ sessionId }) => inQuiet.filter((call) => isOf(call, sessionId)).length);
  return [
    counted('objects', objectsOf),
    counted('writes ÷ objects', (own) => writesOf(own) / objectsOf(own), '≤ 1.1'),
    counted('reads of one object', (own) => own.filter(({ verb }) => verb === 'get').length),
    counted('lists and watches', (own) => own.filter(({ verb }) => verb === 'list' || verb === 'watch').length, '0'),
    {
      name: `${lab}: calls while ready, looked at ${quietS} times`,
      unit: '',
      bar: '0',
      values: polls,
      ...statisticsOf(polls),
    },
  ];
}

/** Names of namespaces and of what is kept about a removed session hold its id; so do selectors. */
function isOf({ requestURI, objectRef }: AuditedCall, sessionId: string): boolean {
  return requestURI.includes(sessionId) || (objectRef?.name ?? '').includes(sessionId);
}

function writesOf(calls: AuditedCall[]): number {
  return calls.filter(({ verb }) => writes.has(verb)).length;
}

function objectsOf(calls: AuditedCall[]): number {
  const made = calls.filter(({ verb }) => verb === 'create' || verb === 'patch');
  return new Set(made.map(({ objectRef: { resource, namespace, name } = {} }) => `${resource}/${namespace}/${name}`))
    .size;
}

function shared(calls: AuditedCall[], specs: SessionSpec[]): string {
  return summary(calls.filter((call) => !specs.some(({ sessionId }) => isOf(call, sessionId))));
}

function summary(calls: AuditedCall[]): string {
  const counts = new Map<string, number>();
  for (const { verb, objectRef } of calls) {
    const key = `${verb} ${objectRef?.resource ?? 'other'}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => `${count} × ${key}`).join(', ') || 'none';
}
