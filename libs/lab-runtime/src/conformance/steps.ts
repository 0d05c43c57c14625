import { setTimeout as delay } from 'node:timers/promises';
import type { SessionObservation, SessionSpec, SystemObservation } from '@lab-orchestrator/contracts';
import { expect } from 'vitest';
import type { Console, LabRuntime } from '../port/lab-runtime.js';
import { RuntimeError, type RuntimeErrorCode } from '../port/runtime-error.js';

/** Applies as the provisioner does: again while what is missing may still come. `enough`: a refusal that will do. */
export async function applied(runtime: LabRuntime, spec: SessionSpec, enough?: RuntimeErrorCode): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await runtime.apply(spec);
    } catch (error) {
      if (error instanceof RuntimeError && error.code === enough) return;
      if (!(error instanceof RuntimeError && error.retryable) || tries > 300) throw error;
      await delay(200);
    }
  }
}

/** Observes until no system is on its way any more. */
export async function settled(runtime: LabRuntime, spec: SessionSpec): Promise<SessionObservation> {
  for (;;) {
    const observation = await runtime.observe(spec);
    if (observation.systems.every(({ state }) => state !== 'starting' && state !== 'absent')) return observation;
    await delay(200);
  }
}

/** Starts a session and expects all of it to be ready. */
export async function started(runtime: LabRuntime, spec: SessionSpec): Promise<SystemObservation[]> {
  await applied(runtime, spec);
  const { systems } = await settled(runtime, spec);
  expect(systems.map(({ name, state, reason }) => ({ name, state, reason }))).toEqual(
    spec.systems.map(({ name }) => ({ name, state: 'ready', reason: undefined })),
  );
  return systems;
}

/** Runs a shell line in a system. */
export async function sh(runtime: LabRuntime, spec: SessionSpec, system: string, line: string, timeoutMs = 30_000) {
  return runtime.exec({ sessionId: spec.sessionId, system }, ['bash', '-c', line], { timeoutMs });
}

/** Removes until it is gone. A cluster lets systems end in their own time, and looks at what is left in rounds. */
export async function removed(runtime: LabRuntime, sessionId: string, withinMs = 60_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const { gone, remaining } = await runtime.remove(sessionId);
    if (gone) return;
    if (performance.now() > deadline) expect(remaining).toEqual([]);
    await delay(200);
  }
}

const searchedChars = 16_384;

/** Reads a console until its output matches. */
export async function until(console: Console, pattern: RegExp, timeoutMs = 20_000): Promise<string> {
  const parts: string[] = [];
  // Only the end is searched: a flood that is searched from its beginning with each piece takes minutes.
  let recent = '';
  const ended = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      parts.push(chunk.toString());
      recent = (recent + chunk.toString()).slice(-searchedChars);
      if (pattern.test(recent)) finish(() => resolve(parts.join('')));
    };
    const lost = () => finish(() => reject(new Error(`no ${pattern} in: ${recent}`)));
    function finish(then: () => void): void {
      console.off('data', read).off('close', lost);
      ended.removeEventListener('abort', lost);
      then();
    }
    console.on('data', read).on('close', lost);
    ended.addEventListener('abort', lost);
  });
}
