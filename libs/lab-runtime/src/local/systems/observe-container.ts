import type { Reason, Stage, SystemObservation, SystemSpec } from '@lab-orchestrator/contracts';
import type { ContainerFacts } from './container-facts.js';

export type Looked = {
  system: Pick<SystemSpec, 'name' | 'ready' | 'memoryBytes'>;
  container: ContainerFacts;
  /** Do its access entries answer? Only asked while it runs. */
  answers: boolean;
  /** The last lines it wrote; only asked for when it has ended. */
  log: string;
  maxRestarts: number;
  nowMs: number;
};

/** State, stage and reason from what was seen. Pure; every state the engine knows has its case. */
export function observeContainer(looked: Looked): SystemObservation {
  const { container } = looked;
  switch (container.state) {
    case 'created':
    case 'restarting':
      return observation(looked, 'starting', 'boot');
    case 'running':
      if (looked.answers) return observation(looked, 'ready', 'ready');
      return isLate(looked) ? broken(looked, notReadyInTime(looked)) : observation(looked, 'starting', 'boot');
    case 'paused':
      return observation(looked, 'paused', 'ready');
    case 'removing':
      return observation(looked, 'absent', 'boot');
    case 'exited':
    case 'dead':
      if (willRestart(looked)) return observation(looked, 'starting', 'boot');
      return broken(looked, wasKilled(container) ? outOfMemory(looked) : exited(looked));
  }
}

/**
 * 128 + SIGKILL. Not every engine notices that the kernel ended a process for its memory (conmon with control groups
 * of version 1 does not), and nothing of ours kills a system that is not about to be removed or restarted.
 */
const killedExitCode = 137;

function wasKilled({ oomKilled, exitCode }: ContainerFacts): boolean {
  return oomKilled || exitCode === killedExitCode;
}

function willRestart({ container, maxRestarts }: Looked): boolean {
  return container.exitCode !== undefined && container.exitCode !== 0 && container.restarts < maxRestarts;
}

function isLate({ container, system, nowMs }: Looked): boolean {
  return container.startedAtMs !== undefined && nowMs - container.startedAtMs > system.ready.timeoutS * 1000;
}

function observation(looked: Looked, state: SystemObservation['state'], stage: Stage): SystemObservation {
  return { name: looked.system.name, state, stage, addresses: looked.container.addresses };
}

function broken(looked: Looked, reason: Reason): SystemObservation {
  return { ...observation(looked, 'broken', 'boot'), reason: { ...reason, system: looked.system.name } };
}

function notReadyInTime({ system }: Looked): Reason {
  return {
    code: 'not_ready_in_time',
    text: `${system.name} runs, but did not answer within ${system.ready.timeoutS} seconds.`,
    advice: 'Restart the system; if it happens again, tell your lecturer.',
  };
}

function outOfMemory({ system }: Looked): Reason {
  return {
    code: 'out_of_memory',
    text: `${system.name} was killed, most likely because it needed more than its ${Math.round(system.memoryBytes / 2 ** 20)} MiB of memory.`,
    advice: 'Restart the system; the author of the lab can give it more memory.',
  };
}

function exited({ system, container, log }: Looked): Reason {
  const said = log ? ` It wrote: ${log}` : '';
  return {
    code: 'system_exited',
    text: `The main process of ${system.name} ended with code ${container.exitCode ?? 'unknown'}.${said}`,
    advice: 'Restart the system; if it happens again, tell your lecturer.',
  };
}
