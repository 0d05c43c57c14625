import type { Outline } from '../outline.js';
import type { Reporter } from '../report.js';

/**
 * On a cluster only a port tells that a guest is up (ADR 0020): a virtual machine without one counts as ready as soon as
 * it runs, even when its disk does not boot.
 */
export function checkReadiness({ systems }: Outline, report: Reporter) {
  for (const [at, { kind, access, ready }] of systems.entries()) {
    const hasPort = ready?.tcp !== undefined || access.some((entry) => entry.kind === 'web');
    if (kind !== 'vm' || hasPort) continue;
    report.warning(
      ['systems', at, 'name'],
      'readiness_unseen',
      'on a cluster this virtual machine is ready as soon as it runs, whatever its guest does; name a port that the guest opens: ready: { tcp: 22 }',
    );
  }
}
