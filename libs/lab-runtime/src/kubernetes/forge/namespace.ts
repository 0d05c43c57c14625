import type { SessionSpec } from '@lab-orchestrator/contracts';
import type { Namespace, ServiceAccount } from '../client/kinds.js';
import { annotation, labelsOf } from '../labels.js';
import { namespaceOf } from '../names.js';
import type { PodSecurityLevel } from './forge-settings.js';

/** The session's namespace. Its annotation holds the generation that may write. */
export function namespaceFor(instance: string, session: SessionSpec, level: PodSecurityLevel): Namespace {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespaceOf(instance, session.sessionId),
      labels: {
        ...labelsOf(instance, session.sessionId),
        'pod-security.kubernetes.io/enforce': level,
        'pod-security.kubernetes.io/enforce-version': 'latest',
        'pod-security.kubernetes.io/warn': level,
      },
      annotations: { [annotation.generation]: String(session.generation) },
    },
  };
}

/**
 * The account that every pod of the namespace gets which names none: ours, KubeVirt's and CDI's. It is bound to no
 * role, and no pod gets its token.
 */
export function serviceAccountFor(instance: string, sessionId: string): ServiceAccount {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default', namespace: namespaceOf(instance, sessionId), labels: labelsOf(instance, sessionId) },
    automountServiceAccountToken: false,
  };
}
