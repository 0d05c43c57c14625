import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ContainerImages } from '../containers/container-images.js';
import { connectEngine } from '../engine/engine-client.js';
import { probeEngine } from '../engine/probe-engine.js';
import { DiskTool } from '../images/disk-tool.js';
import type { DriverContext } from '../systems/driver-context.js';
import { bootMs, probeKvm } from './kvm-probe.js';
import { type VmLab, cacheDir, vmLab } from './testing/vm-lab.js';

let lab: VmLab;
let context: DriverContext;
const launcher = () => new ContainerImages(context).ensureBuiltin('vm-launcher');

beforeAll(async () => {
  lab = await vmLab();
  const facts = await probeEngine(lab.engineUrl);
  context = {
    engine: connectEngine(lab.engineUrl),
    facts,
    instance: 'probe',
    dataDir: lab.dataDir,
    builtinImagesDir: cacheDir,
  };
});
afterAll(() => lab.end());

it('boots its probe disk by emulation, so that a refusal by KVM means KVM', async () => {
  expect(await bootMs(context, new DiskTool(context, launcher), 'tcg')).toBeGreaterThan(0);
});

it.skipIf(existsSync('/dev/kvm'))('finds no KVM where there is no device', async () => {
  expect(await probeKvm(context, launcher)).toBeUndefined();
});
