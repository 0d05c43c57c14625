import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ImageSpec, SessionSpec } from '@lab-orchestrator/contracts';
import { checkFolder, forgeSessionSpec, makeVariables } from '@lab-orchestrator/lab-folder';
import { createLocalRuntime, removeEngine, startEngine, type LabRuntime } from '@lab-orchestrator/lab-runtime';
import { buildImages } from '../tools/images/src/index.mjs';

const cacheDir = resolve(import.meta.dirname, '../.cache');

/** The files of a sample lab by path, with "/" as the separator. */
export function filesOf(lab: string): Map<string, Uint8Array> {
  const root = join(import.meta.dirname, lab);
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return new Map(
    paths.filter((path) => statSync(join(root, path)).isFile()).map((path) => [path, readFileSync(join(root, path))]),
  );
}

const imageOf = (name: string, kind: ImageSpec['kind']): ImageSpec => ({
  id: name,
  name,
  kind,
  source: { kind: 'builtin', name: name === 'desktop' ? 'desktop' : name === 'small-vm' ? 'small-vm' : 'terminal' },
});

/** A sample lab as one session on a private engine: what a learner gets, without the platform around it. */
export interface LabRun {
  runtime: LabRuntime;
  session: SessionSpec;
  /** Exit code and output of a shell command on a system, as a check of the instructions runs it. */
  sh(system: string, command: string): Promise<{ exitCode: number | null; stdout: string; stderr: string }>;
  end(): Promise<void>;
}

/** Builds the images the lab needs, starts the lab, and waits until every system is ready. */
export async function runLab(name: string, images: string[]): Promise<LabRun> {
  await buildImages({ cacheDir, names: images });
  const dataDir = await mkdtemp(join(tmpdir(), 'lab-run-'));
  const engine = await startEngine({ dataDir });
  const runtime = await createLocalRuntime({
    dataDir,
    engineUrl: engine.url,
    instance: `l${process.pid}`,
    builtinImages: { cacheDir },
  });
  const session = sessionOf(name);
  const { sessionId } = session;
  const end = async () => {
    while (!(await runtime.remove(sessionId)).gone) await delay(250);
    await runtime.uninstall();
    await runtime.close();
    await removeEngine({ dataDir });
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await ready(runtime, session);
  } catch (error) {
    await end();
    throw error;
  }
  const sh = (system: string, command: string) =>
    runtime.exec({ sessionId, system }, ['sh', '-c', command], { timeoutMs: 20_000 });
  return { runtime, session, sh, end };
}

function sessionOf(name: string): SessionSpec {
  const files = filesOf(name);
  const { lab, diagnostics } = checkFolder(files);
  if (!lab) throw new Error(`The lab ${name} has errors: ${JSON.stringify(diagnostics)}`);
  const facts = {
    sessionId: randomUUID(),
    generation: 1,
    user: { id: 'u1', name: 'Learner' },
    variables: makeVariables(lab.variables),
  };
  return forgeSessionSpec(lab, facts, { image: imageOf, files });
}

async function ready(runtime: LabRuntime, session: SessionSpec): Promise<void> {
  for (const deadline = Date.now() + 240_000; ; await delay(500)) {
    const pending = await runtime.apply(session).then(
      () => undefined,
      (error: unknown) => error,
    );
    const { systems } = await runtime.observe(session);
    if (systems.every(({ state }) => state === 'ready')) return;
    if (Date.now() > deadline) throw new Error(`Not ready: ${JSON.stringify({ systems, pending: String(pending) })}`);
  }
}
