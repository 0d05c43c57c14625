import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Session } from '@lab-orchestrator/contracts';
import { Api } from '../e2e/support/api.ts';
import { product } from '../e2e/support/product.ts';
import type { Bench, Row } from './support/bench.ts';
import { quantile, statisticsOf } from './support/statistics.ts';

const LAB = 'first-steps';
const learners = Number(process.env['LAB_BENCH_SESSIONS'] ?? 50);
const namespace = process.env['LAB_BENCH_NAMESPACE'] ?? 'lab-orchestrator';
/** Longer than what any rule for passwords asks. */
const password = 'a-class-that-starts-at-once';
const row = (name: string, unit: string, value: number): Row => ({
  name,
  unit,
  values: [value],
  ...statisticsOf([value]),
});

/** Needs a product that `npm run cluster` installed: LAB_E2E_PRODUCT with its line of JSON, and KUBECONFIG. */
export const bench: Bench = {
  title: `A class of ${learners} starts "${LAB}" at once on an installed product: what the services need for it`,
  async run(say) {
    const { url, admin } = product();
    const office = await Api.signIn(url, admin);
    const labId = await office.labNamed(LAB);
    say(`${learners} people sign in`);
    const people: Api[] = [];
    for (let n = 0; n < learners; n += 1) people.push(await newcomer(url, office));
    const before = await usage();
    say('everybody presses Start');
    const startedAt = performance.now();
    const sessions = await Promise.all(people.map(async (person) => ({ person, ...(await person.start(labId)) })));
    const acceptedMs = performance.now() - startedAt;
    const readyMs = await Promise.all(
      sessions.map(async ({ person, id }) => {
        const { phase } = await person.reaches(id, ['ready', 'failed'], 600_000);
        if (phase === 'failed') throw new Error(`session ${id} failed`);
        return performance.now() - startedAt;
      }),
    );
    const after = await usage();
    say('everybody ends');
    await Promise.all(sessions.map(({ person, id }) => person.end(id)));
    await Promise.all(sessions.map(({ person, id }) => person.reaches(id, ['ended'] as Session['phase'][], 600_000)));
    return [
      row('all starts accepted', 'ms', acceptedMs),
      row('ready, 50th percentile', 'ms', quantile(readyMs, 0.5)),
      row('ready, last', 'ms', Math.max(...readyMs)),
      ...[...after].flatMap(([service, { cpuS, memoryMiB }]) => [
        row(`${service}, processor`, 's', cpuS - (before.get(service)?.cpuS ?? 0)),
        row(`${service}, memory of its largest pod`, 'MiB', memoryMiB),
      ]),
    ];
  },
};

/** A learner of their own: sign-ins are limited, so who is refused comes back when told. */
async function newcomer(url: string, office: Api): Promise<Api> {
  const username = `bench-${crypto.randomUUID().slice(0, 8)}`;
  await office.call('POST', '/users', { username, displayName: username, role: 'learner', password });
  for (let tries = 0; ; tries += 1) {
    try {
      const person = await Api.signIn(url, { username, password });
      await person.call('GET', '/users/me');
      return person;
    } catch (error) {
      if (tries > 20) throw error;
      await sleep(3_000);
    }
  }
}

interface Usage {
  cpuS: number;
  memoryMiB: number;
}

/** By service, from what its pods tell Prometheus. */
async function usage(): Promise<Map<string, Usage>> {
  const kubectl = async (...words: string[]) =>
    (await promisify(execFile)('kubectl', words, { maxBuffer: 16 * 2 ** 20 })).stdout;
  const { items } = JSON.parse(await kubectl('get', 'pods', '-n', namespace, '-o', 'json')) as {
    items: { metadata: { name: string; labels: Record<string, string> }; status: { phase: string } }[];
  };
  const found = new Map<string, Usage>();
  for (const { metadata, status } of items) {
    const service = metadata.labels['app.kubernetes.io/component'];
    if (service === undefined || status.phase !== 'Running') continue;
    const path = `/api/v1/namespaces/${namespace}/pods/${metadata.name}:9090/proxy/metrics`;
    const text = await kubectl('get', '--raw', path).catch(() => '');
    const value = (name: string) => Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'm').exec(text)?.[1] ?? 0);
    if (text === '') continue;
    const known = found.get(service) ?? { cpuS: 0, memoryMiB: 0 };
    found.set(service, {
      cpuS: known.cpuS + value('process_cpu_seconds_total'),
      memoryMiB: Math.max(known.memoryMiB, value('process_resident_memory_bytes') / 2 ** 20),
    });
  }
  return found;
}
