import { findEngine, probeEngine, RuntimeError } from '@lab-orchestrator/lab-runtime';
import type { Step } from '../terminal/steps.ts';
import { Advice } from '../../setup/advice.mjs';
import { KeptEngine } from './kept-engine.ts';

export interface Engine {
  url: string;
  /** What labs cannot have on this machine, in plain sentences. */
  limitations: string[];
  /** Ends an engine of our own. Containers go on running without it. */
  stop(): Promise<void>;
}

/** The container engine that the environment names or this machine has, else a private one in the data folder. */
export async function openEngine(runtimeDir: string, env: NodeJS.ProcessEnv, step: Step): Promise<Engine> {
  const found = await findEngine(env);
  if (found === undefined && env['LAB_ENGINE_URL']) {
    throw new Advice(
      `No container engine answers at LAB_ENGINE_URL (${env['LAB_ENGINE_URL']}). Start it, or unset the variable.`,
    );
  }
  const own = found === undefined ? await startOwn(runtimeDir) : undefined;
  const url = found ?? own?.url ?? '';
  const facts = await probeEngine(url);
  step.result(`${facts.product} ${facts.version}${own === undefined ? '' : ', private'}`);
  return { url, limitations: facts.limitations, stop: async () => own?.stop() };
}

async function startOwn(runtimeDir: string): Promise<KeptEngine> {
  try {
    return await KeptEngine.start(runtimeDir);
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error;
    throw new Advice(`The container engine cannot run: ${error.message}`, { cause: error });
  }
}
