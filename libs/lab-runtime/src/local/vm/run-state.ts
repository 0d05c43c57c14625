import type { Reason } from '@lab-orchestrator/contracts';

/** Every run state QEMU knows (`query-status`). */
export const runStates = [
  'running',
  'paused',
  'suspended',
  'prelaunch',
  'preconfig',
  'inmigrate',
  'finish-migrate',
  'postmigrate',
  'save-vm',
  'restore-vm',
  'colo',
  'watchdog',
  'debug',
  'shutdown',
  'io-error',
  'internal-error',
  'guest-panicked',
] as const;
export type RunState = (typeof runStates)[number];

/** What a run state means for the lab. */
export type Meaning =
  | { is: 'running' | 'paused' | 'changing' | 'stopped' }
  | { is: 'broken'; reason: Omit<Reason, 'system'> };

const restartAdvice = 'Restart the system; if it happens again, tell your lecturer.';

/** One exhaustive switch from QEMU's words to ours. */
export function meaningOf(state: RunState): Meaning {
  switch (state) {
    case 'running':
      return { is: 'running' };
    case 'paused':
      return { is: 'paused' };
    case 'suspended':
      return { is: 'stopped' };
    case 'prelaunch':
    case 'preconfig':
    case 'inmigrate':
    case 'finish-migrate':
    case 'postmigrate':
    case 'save-vm':
    case 'restore-vm':
    case 'colo':
    case 'watchdog':
    case 'debug':
    case 'shutdown':
      return { is: 'changing' };
    case 'io-error':
      return broken(
        'disk_full',
        'QEMU stopped the guest: its disk cannot be written.',
        'An administrator must make room on the host.',
      );
    case 'internal-error':
      return broken('vm_crashed', 'QEMU stopped the guest after an error of its own.', restartAdvice);
    case 'guest-panicked':
      return broken('guest_panicked', 'The kernel of the guest crashed.', restartAdvice);
  }
}

const broken = (code: string, text: string, advice: string): Meaning => ({
  is: 'broken',
  reason: { code, text, advice },
});
