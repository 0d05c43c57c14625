import type { Pod, Service } from '../client/kinds.js';
import { testImages } from './test-cluster.js';

/** A pod that no policy holds, in a namespace without Pod Security. Runs once. */
export function openPod(namespace: string, name: string, script: string): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { app: name } },
    spec: {
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 0,
      containers: [
        {
          name: 'system',
          image: testImages.busybox,
          imagePullPolicy: 'IfNotPresent',
          command: ['sh', '-c', script],
        },
      ],
    },
  };
}

/** A way to port 80 of the pod `server`. */
export function openService(namespace: string, name: string, type: 'ClusterIP' | 'NodePort'): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { type, selector: { app: 'server' }, ports: [{ port: 80 }] },
  };
}
