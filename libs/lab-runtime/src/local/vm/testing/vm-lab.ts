import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SessionSpec, SystemObservation, SystemSpec, VmSystemSpec } from '@lab-orchestrator/contracts';
import { createLocalRuntime, type LocalRuntimeOptions } from '../../create-local-runtime.js';
import { imagesOf } from '../../testing/built-images.js';
import { testEngine } from '../../testing/test-engine.js';
import { tinyGuest } from './tiny-guest.js';

export const cacheDir = resolve(import.meta.dirname, '../../../../../../.cache');

/** A runtime on an engine of this test run; its sessions are gone at the end. */
export async function vmLab(options: Partial<LocalRuntimeOptions> = {}) {
  await imagesOf(cacheDir, ['vm-launcher']);
  const engine = await testEngine(cacheDir);
  const { dataDir, url: engineUrl } = engine;
  const instance = `vm${randomUUID().slice(0, 8)}`;
  const runtime = await createLocalRuntime({ dataDir, instance, engineUrl, builtinImages: { cacheDir }, ...options });
  const end = async () => {
    for (const sessionId of await runtime.sessions()) await removed(() => runtime.remove(sessionId));
    await runtime.uninstall();
    await runtime.close();
    await engine.stop();
  };
  return { runtime, dataDir, engineUrl, end };
}
export type VmLab = Awaited<ReturnType<typeof vmLab>>;

async function removed(remove: () => Promise<{ gone: boolean }>): Promise<void> {
  for (let n = 0; n < 40; n += 1) {
    const { gone } = await remove().catch(() => ({ gone: false }));
    if (gone) return;
    await delay(250);
  }
  throw new Error('The session could not be removed.');
}

/** A small VM with one disk and a serial console; what a test cares about it says itself. */
export function vm(name: string, changes: Partial<VmSystemSpec> = {}): VmSystemSpec {
  return {
    kind: 'vm',
    name,
    title: name,
    networks: ['lan'],
    forwarding: false,
    cpus: 1,
    memoryBytes: 64 * 1024 ** 2,
    access: [{ kind: 'serial', name: 'console' }],
    ready: { timeoutS: 120 },
    firmware: 'bios',
    runStrategy: 'always',
    disks: [{ kind: 'image', name: 'root', bus: 'virtio', persistent: false, image: tinyGuest }],
    ...changes,
  };
}

export function sessionWith(...systems: SystemSpec[]): SessionSpec {
  const networks = [...new Set(systems.flatMap((system) => system.networks))];
  return {
    sessionId: randomUUID(),
    generation: 1,
    networks: networks.map((name) => ({ name, internet: false })),
    systems,
  };
}

/** Applies until every image is there, as the provisioner does. */
export async function applied({ runtime }: VmLab, session: SessionSpec): Promise<void> {
  for (let n = 0; ; n += 1) {
    try {
      return await runtime.apply(session);
    } catch (error) {
      const missing = error instanceof Error && 'code' in error && error.code === 'image_missing';
      if (!missing || n > 240) throw error;
      await delay(250);
    }
  }
}

/** Looks until the system is in one of the states. */
export async function until(
  { runtime }: VmLab,
  session: SessionSpec,
  name: string,
  states: SystemObservation['state'][],
  timeoutMs = 60_000,
): Promise<SystemObservation> {
  for (const deadline = Date.now() + timeoutMs; ; await delay(100)) {
    const seen = (await runtime.observe(session)).systems.find((system) => system.name === name);
    if (seen && states.includes(seen.state)) return seen;
    if (Date.now() > deadline) throw new Error(`${name} is still ${JSON.stringify(seen)}`);
  }
}
