import type { ContainerSystemSpec, SessionSpec } from '@lab-orchestrator/contracts';
import { containerSystem } from './lab-session.js';
import { testImages } from './test-cluster.js';

/** A small system that every test cluster can run. */
export function busybox(name: string, change: Partial<ContainerSystemSpec> = {}): ContainerSystemSpec {
  return containerSystem({
    name,
    image: {
      id: 'busybox',
      name: 'busybox',
      kind: 'container',
      source: { kind: 'container', reference: testImages.busybox },
    },
    command: ['sleep', '3600'],
    cpus: 0.2,
    memoryBytes: 32 * 2 ** 20,
    access: [{ name: 'shell', kind: 'terminal', command: ['sh'] }],
    // Starting is not what these specs are about, and machines may be busy.
    ready: { timeoutS: 600 },
    ...change,
  });
}

/** A session of these systems on one network, with an id of its own. */
export function busyboxLab(systems: SessionSpec['systems'], change: Partial<SessionSpec> = {}): SessionSpec {
  return {
    sessionId: crypto.randomUUID(),
    generation: 1,
    networks: [{ name: 'lan', internet: false }],
    systems,
    ...change,
  };
}
