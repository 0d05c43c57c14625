import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type {
  ContainerSystemSpec,
  ImageSpec,
  SessionSpec,
  SystemObservation,
  SystemSpec,
  VmSystemSpec,
} from '@lab-orchestrator/contracts';
import { createLocalRuntime, type LocalRuntimeOptions } from '../../create-local-runtime.js';
import { startEngine } from '../../engine/start-engine.js';

export const cacheDir = resolve(import.meta.dirname, '../../../../../../.cache');

const builtin = (name: 'small-vm' | 'terminal', kind: ImageSpec['kind']): ImageSpec => ({
  id: name,
  name,
  kind,
  source: { kind: 'builtin', name },
});
export const smallVm = builtin('small-vm', 'disk');

/** A runtime on a private engine of its own, all of it gone at the end. */
export async function vmLab(options: Partial<LocalRuntimeOptions> = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'lab-vm-'));
  const engine = await startEngine({ dataDir });
  const runtime = await createLocalRuntime({
    dataDir,
    instance: `vm${randomUUID().slice(0, 8)}`,
    engineUrl: engine.url,
    builtinImages: { cacheDir },
    ...options,
  });
  const end = async () => {
    for (const sessionId of await runtime.sessions()) await removed(() => runtime.remove(sessionId));
    await runtime.close();
    await engine.stop();
    // Podman keeps its storage mounted on itself.
    spawnSync('umount', ['--lazy', join(dataDir, 'engine/storage/overlay')]);
    await rm(dataDir, { recursive: true, force: true });
  };
  return { runtime, dataDir, engineUrl: engine.url, end };
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
    memoryBytes: 128 * 1024 ** 2,
    access: [{ kind: 'serial', name: 'console' }],
    ready: { timeoutS: 120 },
    firmware: 'bios',
    runStrategy: 'always',
    disks: [{ kind: 'image', name: 'root', bus: 'virtio', persistent: false, image: smallVm }],
    ...changes,
  };
}

export function client(name: string, networks = ['lan']): ContainerSystemSpec {
  return {
    kind: 'container',
    name,
    title: name,
    networks,
    forwarding: false,
    cpus: 0.5,
    memoryBytes: 128 * 1024 ** 2,
    access: [],
    ready: { timeoutS: 60 },
    image: builtin('terminal', 'container'),
    root: false,
    environment: {},
    files: [],
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
