import { describe, expect, it } from 'vitest';
import { forbiddenSpecs, podSpec, service } from '../testing/forbidden-specs.js';
import { KubernetesObject } from './kubernetes-object.js';

const pod = (spec: object) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'extra' }, spec });
const inTemplate = (spec: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'extra' },
  spec: { template: { spec } },
});
const container = (change: object) => ({ containers: [{ name: 'c', image: 'i', ...change }] });

describe('an object that an administrator adds', () => {
  it.each([
    ['a ConfigMap', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'notes' }, data: { privileged: 'true' } }],
    ['a headless Service', { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { clusterIP: 'None' } }],
    [
      'a Pod on a lab network',
      { ...pod(container({})), metadata: { name: 'p', labels: { 'lab-orchestrator.dev/network.lan': 'true' } } },
    ],
    [
      'a Deployment',
      inTemplate(container({ securityContext: { privileged: false, capabilities: { drop: ['ALL'] } } })),
    ],
    [
      'a Pod with its own port range and its own filters',
      pod({
        securityContext: {
          seccompProfile: { type: 'RuntimeDefault' },
          sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '80' }],
        },
      }),
    ],
  ])('may be %s', (_, object) => {
    expect(KubernetesObject.safeParse(object).error?.issues).toBeUndefined();
  });

  it.each([
    ['of another kind', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x' } }, 'kind'],
    [
      'with rights',
      { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name: 'x' } },
      'apiVersion',
    ],
    [
      'that opens the isolation',
      { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'x' } },
      'apiVersion',
    ],
    [
      'in another namespace',
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: 'kube-system' } },
      'metadata',
    ],
    [
      'with an owner',
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', ownerReferences: [] } },
      'metadata',
    ],
    ['of the wrong version', { apiVersion: 'v1', kind: 'Deployment', metadata: { name: 'x' } }, 'apiVersion'],
    [
      'with a label of ours',
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', labels: { 'lab-orchestrator.dev/session': 'y' } } },
      'metadata.labels',
    ],
    [
      'privileged',
      pod(container({ securityContext: { privileged: true } })),
      'spec.containers.0.securityContext.privileged',
    ],
    [
      'privileged in a template',
      inTemplate(container({ securityContext: { privileged: true } })),
      'spec.template.spec.containers.0.securityContext.privileged',
    ],
    [
      'with capabilities',
      pod(container({ securityContext: { capabilities: { add: ['NET_ADMIN'] } } })),
      'spec.containers.0.securityContext.capabilities.add',
    ],
    ['on the host network', pod({ hostNetwork: true }), 'spec.hostNetwork'],
    ['with the host’s processes', inTemplate({ hostPID: true }), 'spec.template.spec.hostPID'],
    ['with a host path', pod({ volumes: [{ name: 'v', hostPath: { path: '/' } }] }), 'spec.volumes.0.hostPath'],
    [
      'with a host port',
      pod(container({ ports: [{ containerPort: 1, hostPort: 1 }] })),
      'spec.containers.0.ports.0.hostPort',
    ],
    ['with a token', pod({ automountServiceAccountToken: true }), 'spec.automountServiceAccountToken'],
    [
      'with a projected token',
      pod({ volumes: [{ name: 'v', projected: { sources: [{ serviceAccountToken: { path: 't' } }] } }] }),
      'spec.volumes.0.projected.sources.0.serviceAccountToken',
    ],
    [
      'without a filter for system calls',
      inTemplate(container({ securityContext: { seccompProfile: { type: 'Unconfined' } } })),
      'spec.template.spec.containers.0.securityContext.seccompProfile',
    ],
    [
      'without AppArmor',
      pod({ securityContext: { appArmorProfile: { type: 'Unconfined' } } }),
      'spec.securityContext.appArmorProfile',
    ],
    [
      'with settings of the node’s kernel',
      pod({ securityContext: { sysctls: [{ name: 'net.ipv4.tcp_rmem' }, { name: 'kernel.msgmax', value: '1' }] } }),
      'spec.securityContext.sysctls',
    ],
    ['under another account', pod({ serviceAccountName: 'admin' }), 'spec.serviceAccountName'],
    ['on a node of its choice', pod({ nodeName: 'n' }), 'spec.nodeName'],
    [
      'that is a node port',
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { type: 'NodePort' } },
      'spec.type',
    ],
    [
      'that takes addresses',
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { externalIPs: ['1.2.3.4'] } },
      'spec.externalIPs',
    ],
    [
      'that asks for a token',
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, type: 'kubernetes.io/service-account-token' },
      'type',
    ],
  ])('must not be one %s', (_, object, path) => {
    const { error } = KubernetesObject.safeParse(object);
    expect(error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
  });
});

describe('the first of two doors (the second is asked in a cluster)', () => {
  /** As JSON has it: what is undefined is not there. */
  const isTaken = (kind: string, spec: object) =>
    KubernetesObject.safeParse(
      JSON.parse(JSON.stringify({ apiVersion: 'v1', kind, metadata: { name: 'extra' }, spec })),
    ).success;

  it('lets through what nothing is wrong with', () => {
    expect(isTaken('Pod', podSpec({ automountServiceAccountToken: undefined }))).toBe(true);
    expect(isTaken('Service', service({}))).toBe(true);
  });

  it.each(forbiddenSpecs)('%s', (_, kind, spec, doors) => {
    expect(isTaken(kind, spec)).toBe(doors === 'cluster');
  });
});
