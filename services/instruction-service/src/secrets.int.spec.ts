import { person } from '@lab-orchestrator/lab-service/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { atWork } from './testing/at-work.fixture.js';
import { type Instructions, startInstructions } from './testing/instructions.fixture.js';
import { labWithPages } from './testing/sample-pages.fixture.js';
import { ServiceProcess } from './testing/service-process.fixture.js';

let rig: Instructions;
let service: ServiceProcess;

/** In a process of its own, whose whole log is read. */
beforeAll(async () => {
  ServiceProcess.build();
  rig = await startInstructions({
    start: async (env) => (service = await ServiceProcess.start({ ...env, LAB_LOG_LEVEL: 'trace' })),
  });
}, 300_000);
afterAll(() => rig?.stop());

/** The text of everything that is stored for good: rows of every table of the service. */
async function everyRow() {
  const tables = await rig.rows<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'instruction'`,
  );
  let text = '';
  for (const { name } of tables) text += JSON.stringify(await rig.rows(`SELECT * FROM instruction.${name}`));
  return text;
}

it('S17: a secret of a session is in no table, event, log or error', async () => {
  const [lecturer, learner] = [person('lecturer', 'Grace'), person('learner', 'Ada')];
  const wrongly = labWithPages({ 'files/check.sh': 'echo out; echo err >&2; exit 3\n' });
  const labId = await rig.publish(lecturer, {
    ...wrongly,
    'pages/en/03-secret.md': `---
title: Secret
---
:::step{#secret title="Use it"}
::check{system=attacker run="test {{ flag }} = no; echo {{ flag }} >&2; exit 1" expect="{{ flag }}"}
:::
`,
  });
  const sessionId = await rig.session(learner, labId);
  const me = atWork(rig, learner, sessionId);
  const canary = await me.flag();
  expect(canary).toMatch(/^[0-9a-f]{16}$/);
  const errors: unknown[] = [];
  const failing = (work: Promise<unknown>) => work.catch((error: unknown) => errors.push(error));

  await me.page('03-secret');
  await me.check('secret');
  await me.check();
  await me.hint();
  await failing(me.answer('flag', 'wrong'));
  rig.systems.before = async ({ command }) => {
    throw new Error(`it broke at ${command.join(' ')}`);
  };
  await failing(me.check('secret'));
  rig.systems.before = async () => undefined;
  await failing(me.page(canary.slice(0, 8)));
  await me.told(1);

  expect(rig.systems.commands.some(({ command }) => command.join(' ').includes(canary))).toBe(true);
  expect(await everyRow()).not.toContain(canary);
  expect(JSON.stringify(rig.events)).not.toContain(canary);
  expect(
    JSON.stringify(errors.map((error) => [String(error), error, Reflect.get(Object(error), 'stack')])),
  ).not.toContain(canary);
  expect(service.log).not.toContain(canary);
  // The log is there, and says what broke.
  expect(service.log).toContain('instruction.steps.check');
});
