import type { VirtualMachine } from '../types/kubevirt/virtual-machine.js';
import { testImages } from './test-cluster.js';

/** The test cluster's small guest: a shell on the serial console, HTTP on port 80. */
export function tinyVm(namespace: string, name: string): VirtualMachine {
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name, namespace },
    spec: {
      runStrategy: 'Always',
      template: {
        metadata: { labels: {} },
        spec: {
          terminationGracePeriodSeconds: 5,
          domain: {
            cpu: { cores: 1 },
            memory: { guest: '128Mi' },
            devices: {
              disks: [{ name: 'root', disk: { bus: 'virtio' } }],
              interfaces: [{ name: 'default', masquerade: {} }],
            },
          },
          networks: [{ name: 'default', pod: {} }],
          volumes: [{ name: 'root', containerDisk: { image: testImages.tinyVm } }],
        },
      },
    },
  };
}
