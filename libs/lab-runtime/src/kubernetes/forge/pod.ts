import type { V1Capabilities, V1Container, V1SecurityContext } from '@kubernetes/client-node';
import type { ContainerSystemSpec, SessionSpec } from '@lab-orchestrator/contracts';
import { RuntimeError } from '../../port/runtime-error.js';
import type { Pod } from '../client/kinds.js';
import type { Wire } from '../client/kube-object.js';
import { annotation, label, labelsOf, networkLabels } from '../labels.js';
import { namespaceOf } from '../names.js';
import { filePartsFor } from './files.js';
import type { ForgeFacts, ForgeSettings } from './forge-settings.js';
import { multusAnnotation } from './multus.js';
import { bytesQuantity, cpuQuantity } from './quantity.js';
import { probesFor } from './readiness.js';

/** The container of a system inside its pod. */
export const systemContainer = 'system';

/** What root may do inside its own user namespace: install packages, change owners, open low ports. All in `baseline`. */
const rootCapabilities = [
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETUID',
  'SYS_CHROOT',
];
const forwardingCapabilities = ['NET_ADMIN', 'NET_RAW'];
/** The user of the project's images. What an image's own user is cannot be known without pulling it. */
const labUser = 1000;

/** The pod of a container system, least privilege first. Throws when the cluster cannot give it what it needs. */
export function podFor(
  settings: ForgeSettings,
  session: SessionSpec,
  system: ContainerSystemSpec,
  facts: ForgeFacts,
): Pod {
  const { name } = system;
  const asRoot = system.root || system.forwarding;
  refuseImpossible(system, facts);
  const security = securityOf(system);
  const base = { image: settings.imageReference(system.image), imagePullPolicy: 'IfNotPresent', ...security };
  const resources = resourcesOf(settings, system);
  const files = filePartsFor(system, { name: 'lab-files', ...base, resources });
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: namespaceOf(settings.instance, session.sessionId),
      labels: {
        ...labelsOf(settings.instance, session.sessionId, name),
        [label.kind]: 'container',
        ...networkLabels(system.networks),
      },
      annotations: {
        [annotation.readyTimeout]: String(system.ready.timeoutS),
        ...multusAnnotation(session, system, facts),
      },
    },
    spec: {
      hostname: name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      ...(asRoot ? { hostUsers: false } : {}),
      restartPolicy: 'OnFailure',
      terminationGracePeriodSeconds: 5,
      ...(settings.runtimeClassName === undefined ? {} : { runtimeClassName: settings.runtimeClassName }),
      ...(settings.priorityClassName === undefined ? {} : { priorityClassName: settings.priorityClassName }),
      ...(Object.keys(settings.nodeSelector).length > 0 ? { nodeSelector: settings.nodeSelector } : {}),
      ...(settings.imagePullSecrets.length > 0
        ? { imagePullSecrets: settings.imagePullSecrets.map((secret) => ({ name: secret })) }
        : {}),
      securityContext: {
        runAsNonRoot: !asRoot,
        runAsUser: asRoot ? 0 : labUser,
        runAsGroup: asRoot ? 0 : labUser,
        fsGroup: asRoot ? 0 : labUser,
        seccompProfile: { type: 'RuntimeDefault' },
        sysctls: sysctlsOf(system),
      },
      ...(files.init.length > 0 ? { initContainers: files.init } : {}),
      containers: [
        {
          name: systemContainer,
          ...base,
          ...(system.command ? { args: system.command.map(escaped) } : {}),
          // A shell as main process ends when nobody can ever type.
          stdin: true,
          // The last lines it wrote stand in its status: they say why it ended.
          terminationMessagePolicy: 'FallbackToLogsOnError',
          env: Object.entries(system.environment).map(([key, value]) => ({ name: key, value: escaped(value) })),
          resources,
          ...probesFor(system),
          volumeMounts: [{ name: 'lab-run', mountPath: '/run/lab' }, ...files.mounts],
        },
      ],
      volumes: [{ name: 'lab-run', emptyDir: { medium: 'Memory', sizeLimit: '16Mi' } }, ...files.volumes],
    },
  };
}

/** The kubelet replaces `$(NAME)` and makes `$$` one; the lab's text is taken as it is. */
function escaped(text: string): string {
  return text.replaceAll('$', () => '$$');
}

function refuseImpossible(system: ContainerSystemSpec, facts: ForgeFacts): void {
  if (system.forwarding && !facts.multus) {
    const text = `${system.name} routes between its networks, and this cluster gives a pod one network only (it has no Multus).`;
    throw new RuntimeError('unsupported', text, false);
  }
  if ((system.root || system.forwarding) && !facts.userNamespaces) {
    const text = `${system.name} needs root or forwarding, and this cluster has no user namespaces for it.`;
    throw new RuntimeError('insufficient_rights', text, false);
  }
}

function securityOf(system: ContainerSystemSpec): { securityContext: Wire<V1SecurityContext> } {
  const add = [...(system.root ? rootCapabilities : []), ...(system.forwarding ? forwardingCapabilities : [])];
  const capabilities: Wire<V1Capabilities> = { drop: ['ALL'], ...(add.length > 0 ? { add } : {}) };
  return { securityContext: { privileged: false, allowPrivilegeEscalation: false, capabilities } };
}

/** Ping and low ports without capabilities; all but forwarding are safe sysctls, which every cluster takes. */
function sysctlsOf(system: ContainerSystemSpec): { name: string; value: string }[] {
  return [
    // Within the 65,536 ids a user namespace has.
    { name: 'net.ipv4.ping_group_range', value: '0 65535' },
    { name: 'net.ipv4.ip_unprivileged_port_start', value: '0' },
    ...(system.forwarding ? [{ name: 'net.ipv4.ip_forward', value: '1' }] : []),
  ];
}

function resourcesOf(settings: ForgeSettings, system: ContainerSystemSpec): V1Container['resources'] {
  const memory = bytesQuantity(system.memoryBytes);
  return {
    requests: { cpu: cpuQuantity(system.cpus * settings.cpuRequestShare), memory },
    limits: {
      cpu: cpuQuantity(system.cpus),
      memory,
      'ephemeral-storage': bytesQuantity(settings.containerDiskBytes),
    },
  };
}
