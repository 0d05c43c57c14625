import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removed, started } from '../conformance/steps.js';
import { container, session, terminalImage } from '../conformance/subject.js';
import { createLocalRuntime } from './create-local-runtime.js';
import type { LocalRuntime } from './local-runtime.js';
import { firewallTable } from './names.js';
import { nft } from './networks/nft.js';
import { imagesOf } from './testing/built-images.js';
import { type TestEngine, testEngine } from './testing/test-engine.js';

const cacheDir = resolve(import.meta.dirname, '../../../../.cache');
const instance = `u${process.pid}`;

let engine: TestEngine;
let runtime: LocalRuntime;
beforeAll(async () => {
  await imagesOf(cacheDir, ['terminal']);
  engine = await testEngine(cacheDir);
  const { dataDir, url: engineUrl } = engine;
  runtime = await createLocalRuntime({ dataDir, instance, engineUrl, builtinImages: { cacheDir } });
});
afterAll(async () => {
  await runtime?.close();
  await engine?.stop();
});

const rules = () => nft(`list table inet ${firewallTable(instance)}\n`);

it('keeps labs apart while there is one, and leaves no rule after the last', { timeout: 90_000 }, async () => {
  const lab = session([container({ image: terminalImage }, 'a')]);
  await started(runtime, lab);
  await expect(runtime.uninstall()).rejects.toMatchObject({ code: 'unsupported' });
  expect(await rules()).toContain('drop');
  await removed(runtime, lab.sessionId);
  await runtime.uninstall();
  await expect(rules()).rejects.toThrow(/No such file/);
  await runtime.uninstall();
});
