import { setTimeout as sleep } from 'node:timers/promises';
import { RetrySession } from '@lab-orchestrator/contracts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Platform } from '../testing/platform.fixture.js';

/** How long the part is away: longer than a request waits for its answer. */
const awayMs = 4_000;
const systems = ['a', 'b', 'c'];
const lab = (id: string) => `apiVersion: lab/v1
id: ${id}
title: Three containers
systems:
${systems
  .map(
    (name) => `  - name: ${name}
    kind: container
    image: terminal
    memory: 64Mi
    access: [{ name: shell, kind: terminal }]
`,
  )
  .join('')}`;

let platform: Platform;
beforeAll(async () => {
  platform = await Platform.start();
  // What is killed in the middle of a start shall not be the import of the image.
  const warm = await platform.begin(lab('warm'));
  await platform.reaches(warm, 'ready', 120_000);
  await platform.end(warm);
}, 300_000);
afterAll(() => platform?.stop());

const containersIn = (objects: string[]) => objects.filter((each) => each.startsWith('container'));

type Part = { kill(): Promise<void>; restart(): Promise<void> };
const parts: Array<[string, () => Part]> = [
  ['NATS', () => platform.labs.nats],
  ['Redis, which forgets everything,', () => platform.redis],
  ['PostgreSQL', () => platform.postgres],
  ['the engine', () => platform.engine],
];

describe('in the middle of a start, killed and started again', () => {
  it.each(parts)(
    '%s: the session gets ready all the same, ends, and leaves nothing',
    { timeout: 240_000 },
    async (name, part) => {
      const sessionId = await platform.begin(lab(`without-${parts.findIndex(([each]) => each === name)}`));
      // Some of it is there, and not all.
      await vi.waitFor(async () => expect(await platform.leftOf(sessionId)).not.toEqual([]), {
        timeout: 30_000,
        interval: 5,
      });
      const [{ phase }, made] = await Promise.all([platform.session(sessionId), platform.leftOf(sessionId)]);
      await part().kill();
      expect(phase).toBe('provisioning');
      expect(containersIn(made).length).toBeLessThan(systems.length);
      await sleep(awayMs);
      await part().restart();
      const ready = await platform.reaches(sessionId, 'ready', 120_000);
      const states = async () =>
        (await platform.session(sessionId)).systems.map((system) => [system.name, system.state]);
      await expect.poll(states, { timeout: 90_000 }).toEqual(systems.map((each) => [each, 'ready']));
      expect(ready.generation).toBe(1);
      // One of each: nothing was made twice.
      expect(containersIn(await platform.leftOf(sessionId))).toHaveLength(systems.length);
      await platform.end(sessionId);
      await vi.waitFor(async () => expect(await platform.leftOf(sessionId)).toEqual([]), {
        timeout: 30_000,
        interval: 200,
      });
    },
  );
});

it('a system that never answers says so, and another try of a person brings it up once the cause is gone', async () => {
  const sessionId = await platform.begin(`apiVersion: lab/v1
id: mended
title: Mended
systems:
  - name: box
    kind: container
    image: terminal
    memory: 64Mi
    command: [bash, -c, "until test -e /tmp/mended; do sleep 0.2; done; exec nc -lk 8081"]
    access: [{ name: site, kind: web, port: 8081 }]
    ready: { tcp: 8081, timeout: 5s }
`);
  const failed = await platform.reaches(sessionId, 'failed', 90_000);
  expect(failed.reason).toMatchObject({
    system: 'box',
    code: 'not_ready_in_time',
    advice: expect.stringMatching(/\w/),
  });
  await platform.runtime.exec({ sessionId, system: 'box' }, ['touch', '/tmp/mended'], { timeoutMs: 10_000 });
  await platform.labs.ask(RetrySession, { sessionId }, platform.learner);
  const after = await platform.reaches(sessionId, 'ready', 90_000);
  expect(after.reason).toBeUndefined();
  await platform.end(sessionId);
  await vi.waitFor(async () => expect(await platform.leftOf(sessionId)).toEqual([]), {
    timeout: 30_000,
    interval: 200,
  });
}, 240_000);
