import type { ContainerSystemSpec, ImageSpec } from '@lab-orchestrator/contracts';
import { container } from '../../conformance/subject.js';
import { testImages } from './test-cluster.js';

/** The test cluster's smallest image. */
export const busyboxImage: ImageSpec = {
  id: 'busybox',
  name: 'busybox',
  kind: 'container',
  source: { kind: 'container', reference: testImages.busybox },
};

/** A small system that every test cluster can run. */
export function busybox(name: string, change: Partial<ContainerSystemSpec> = {}): ContainerSystemSpec {
  return container({ image: busyboxImage }, name, {
    command: ['sleep', '3600'],
    cpus: 0.2,
    memoryBytes: 32 * 2 ** 20,
    access: [{ name: 'shell', kind: 'terminal', command: ['sh'] }],
    // Starting is not what these specs are about, and machines may be busy.
    ready: { timeoutS: 600 },
    ...change,
  });
}
