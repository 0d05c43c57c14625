import type { SystemSpec } from '@lab-orchestrator/contracts';
import type { Service } from '../client/kinds.js';
import { label, labelsOf } from '../labels.js';
import { namespaceOf } from '../names.js';

/**
 * Gives a system its short name: resolvers of pods search their own namespace first. Headless, so that the name is the
 * system's own address and every port and ping goes to it; also before it is ready, since systems wait for each other.
 */
export function serviceFor(instance: string, sessionId: string, system: SystemSpec): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: system.name,
      namespace: namespaceOf(instance, sessionId),
      labels: labelsOf(instance, sessionId, system.name),
    },
    spec: {
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: { [label.system]: system.name },
    },
  };
}
