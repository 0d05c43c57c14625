import type { Outline } from '../outline.js';
import type { Reporter } from '../report.js';

/** Each kind of system has the ways in that it can have. */
export function checkAccess({ systems }: Outline, report: Reporter) {
  for (const [at, system] of systems.entries()) {
    for (const [index, { kind }] of system.access.entries()) {
      const path = ['systems', at, 'access', index, 'kind'];
      if (system.kind === 'container' && kind === 'serial')
        report.error(
          path,
          'access_not_possible',
          'a container has no serial console; expected terminal, desktop or web',
        );
      if (system.kind === 'vm' && kind === 'terminal')
        report.error(
          path,
          'access_not_possible',
          'a virtual machine has no terminal of its own; expected serial, desktop or web',
        );
    }
    if (system.kind === 'vm' && system.forwarding)
      report.warning(
        ['systems', at, 'forwarding'],
        'forwarding_inside',
        'a virtual machine decides itself what it forwards',
      );
  }
}
