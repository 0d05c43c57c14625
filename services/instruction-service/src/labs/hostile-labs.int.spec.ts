import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { person } from '@lab-orchestrator/lab-service/testing';
import { startService } from '@lab-orchestrator/platform';
import { afterEach, expect, it, vi } from 'vitest';
import { InstructionConfig } from '../config.js';
import { instructionService } from '../instruction-service.js';
import { atWork } from '../testing/at-work.fixture.js';
import { type Instructions, startInstructions } from '../testing/instructions.fixture.js';
import { labWithPages } from '../testing/sample-pages.fixture.js';

/** Within the limits of a page: takes a second or two. */
const table = `a|b\n-|-\n${'a|b\n'.repeat(700)}\n`.repeat(13);
const slow = labWithPages({ 'pages/en/10-table.md': table });

vi.setConfig({ testTimeout: 120_000 });
let rig: Instructions | undefined;
afterEach(() => rig?.stop());

/** Somebody in a lab of a lecturer's own. */
async function learnerOf(lab?: Record<string, string>) {
  if (!rig) throw new Error('nothing runs');
  const learner = person('learner');
  return atWork(rig, learner, await rig.session(learner, await rig.publish(person('lecturer'), lab)));
}

it('pages that take long to compile hold up nobody else', async () => {
  rig = await startInstructions();
  const other = await learnerOf();
  await other.tick(true);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const before = performance.now();
  const seen = learnerOf(slow).then((patient) => patient.overview());
  let answered = 0;
  for (; (await Promise.race([seen, sleep(50)])) === undefined; answered += 1) await other.tick(answered % 2 === 0);
  delay.disable();
  expect((await seen).pages).toHaveLength(3);
  expect(answered).toBeGreaterThan(5);
  // The page is compiled twice meanwhile, by lab-service and by this service: either would have taken its time at once.
  expect(delay.max / 1e6).toBeLessThan((performance.now() - before) / 4);
});

it('pages that take too much memory are not shown, and those of others are', async () => {
  rig = await startInstructions({
    start: (env) => startService(instructionService(InstructionConfig.parse({ ...env, LAB_THREADS_MEMORY_MIB: '48' }))),
  });
  const unlucky = await learnerOf(slow);
  await expect(unlucky.overview()).rejects.toThrow(/internal_error/);
  const other = await learnerOf();
  expect((await other.overview()).pages).toHaveLength(2);
  expect(await rig.rows('SELECT version FROM instructions')).toHaveLength(1);
});
