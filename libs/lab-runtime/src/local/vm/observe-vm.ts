import type { Reason, Stage, SystemObservation, VmSystemSpec } from '@lab-orchestrator/contracts';
import type { ContainerFacts } from '../systems/container-facts.js';
import { type RunState, meaningOf } from './run-state.js';

export type LookedAtVm = {
  system: Pick<VmSystemSpec, 'name' | 'ready' | 'memoryBytes' | 'runStrategy'>;
  container: ContainerFacts;
  /** Undefined: no emulator answers on its control socket. */
  emulator: RunState | undefined;
  /** The emulator has run before in this container. */
  ranBefore: boolean;
  /** Its access entries answer, or have answered since the container started. */
  answers: boolean;
  /** The emulator's last words. */
  log: string;
  nowMs: number;
};

const advice = 'Restart the system; if it happens again, tell your lecturer.';

/** State, stage and reason of a VM from what was seen. Pure. */
export function observeVm(looked: LookedAtVm): SystemObservation {
  const { container } = looked;
  switch (container.state) {
    case 'created':
      return observation(looked, startsByItself(looked) ? 'starting' : 'stopped', 'disk');
    case 'restarting':
      return observation(looked, 'starting', 'disk');
    case 'removing':
      return observation(looked, 'absent', 'disk');
    case 'paused':
      return observation(looked, 'paused', 'boot');
    case 'running':
      return observeRunning(looked);
    case 'exited':
    case 'dead':
      return observeEnded(looked);
  }
}

function observeRunning(looked: LookedAtVm): SystemObservation {
  if (looked.emulator === undefined) return starting(looked, looked.ranBefore ? 'boot' : 'disk');
  const meaning = meaningOf(looked.emulator);
  switch (meaning.is) {
    case 'running':
      return looked.answers ? observation(looked, 'ready', 'ready') : starting(looked, 'boot');
    case 'paused':
      return observation(looked, 'paused', looked.answers ? 'ready' : 'boot');
    case 'stopped':
      return observation(looked, 'stopped', 'boot');
    case 'changing':
      return starting(looked, 'boot');
    case 'broken':
      return broken(looked, meaning.reason);
  }
}

/** 0: the guest powered itself off and its strategy leaves it so, or it was stopped from outside. */
function observeEnded(looked: LookedAtVm): SystemObservation {
  const { container, system } = looked;
  if (container.oomKilled) {
    const mib = Math.round(system.memoryBytes / 2 ** 20);
    return broken(looked, {
      code: 'out_of_memory',
      text: `${system.name} needed more than its ${mib} MiB and what QEMU may add.`,
      advice,
    });
  }
  if (container.exitCode === 0) return observation(looked, 'stopped', 'boot');
  const said = looked.log ? ` It wrote: ${looked.log}` : '';
  return broken(looked, {
    code: 'vm_crashed',
    text: `The emulator of ${system.name} ended again and again.${said}`,
    advice,
  });
}

function starting(looked: LookedAtVm, stage: Stage): SystemObservation {
  const { container, system, nowMs } = looked;
  const late = container.startedAtMs !== undefined && nowMs - container.startedAtMs > system.ready.timeoutS * 1000;
  if (!late || looked.answers) return observation(looked, 'starting', stage);
  const text = `${system.name} runs, but did not answer within ${system.ready.timeoutS} seconds.`;
  return broken(looked, { code: 'not_ready_in_time', text, advice });
}

function startsByItself({ system }: LookedAtVm): boolean {
  return system.runStrategy === 'always' || system.runStrategy === 'rerunOnFailure';
}

function observation(looked: LookedAtVm, state: SystemObservation['state'], stage: Stage): SystemObservation {
  return { name: looked.system.name, state, stage, addresses: looked.container.addresses };
}

function broken(looked: LookedAtVm, reason: Reason): SystemObservation {
  return { ...observation(looked, 'broken', 'boot'), reason: { ...reason, system: looked.system.name } };
}
