import type { V1NetworkPolicySpec, V1Probe } from '@kubernetes/client-node';
import type { Namespace, NetworkPolicy, Pod } from '../client/kinds.js';
import type { Wire } from '../client/kube-object.js';
import { label, prefix } from '../labels.js';

/** Where the probe's pods live, and its verdict is kept. */
export function probeNamespaceOf(instance: string): string {
  return `${instance}-probe`;
}

/** Several processes may probe at once; each has pods and policies of its own. */
export type ProbeRun = { instance: string; id: string; image: string };
export type ProbeRole = 'server' | 'client' | 'newcomer';

export const probePort = 8080;
export const greeting = 'lab-probe';
/** Pods of a probe that nobody finished end by themselves. */
const podLifeS = 300;
const runLabel = `${prefix}/probe`;
const roleLabel = `${prefix}/probe-role`;

export function probeNamespaceFor(instance: string): Namespace {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: probeNamespaceOf(instance),
      labels: { [label.instance]: instance, 'pod-security.kubernetes.io/enforce': 'restricted' },
    },
  };
}

export function probeNameOf(run: ProbeRun, role: string): string {
  return `${role}-${run.id}`;
}

/** Everything of one run, or of all that were ever begun. */
export function probeSelector(run?: ProbeRun): string {
  return run === undefined ? runLabel : `${runLabel}=${run.id}`;
}

/** Answers each connection with a word. Works with the images of this project and with busybox. */
const serve = `if command -v socat >/dev/null
then exec socat TCP-LISTEN:${probePort},reuseaddr,fork EXEC:'echo ${greeting}'
else exec nc -ll -p ${probePort} -e echo ${greeting}
fi`;

/** Succeeds when the address given as `$0` answers with the word within so many seconds. */
const ask = (seconds: number) => `answer=$(
if command -v socat >/dev/null
then timeout ${seconds + 1} socat -u TCP:"$0":${probePort},connect-timeout=${seconds} -
else timeout ${seconds + 1} nc -w ${seconds} "$0" ${probePort} </dev/null
fi 2>/dev/null)
[ "$answer" = ${greeting} ]`;

/** How a newcomer ends that was answered. */
export const answeredCode = 3;

/** Asks again and again from its first moment on. */
const askAtOnce = `for try in 1 2 3 4 5
do if ${ask(1)}; then exit ${answeredCode}; fi
done`;

export function serverPodFor(run: ProbeRun): Pod {
  return podFor(run, 'server', { command: ['sh', '-c', serve] });
}

/** Ready while it reaches the server: the kubelet asks it, so nobody needs the right to run commands in pods. */
export function clientPodFor(run: ProbeRun, server: string): Pod {
  return podFor(run, 'client', {
    command: ['sleep', String(podLifeS)],
    readinessProbe: {
      exec: { command: ['sh', '-c', ask(2), server] },
      periodSeconds: 1,
      timeoutSeconds: 10,
      failureThreshold: 1,
    },
  });
}

export function newcomerPodFor(run: ProbeRun, server: string): Pod {
  return podFor(run, 'newcomer', { command: ['sh', '-c', askAtOnce, server] });
}

/** Closes one direction for the pods of one role, and nothing else. */
export function closedFor(run: ProbeRun, role: ProbeRole, direction: 'Ingress' | 'Egress'): NetworkPolicy {
  const spec: Wire<V1NetworkPolicySpec> = {
    podSelector: { matchLabels: { [runLabel]: run.id, [roleLabel]: role } },
    policyTypes: [direction],
  };
  const name = probeNameOf(run, `${role}-${direction.toLowerCase()}`);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: probeNamespaceOf(run.instance), labels: labelsOf(run) },
    spec,
  };
}

type Running = { command: string[]; readinessProbe?: Wire<V1Probe> };

function podFor(run: ProbeRun, role: ProbeRole, running: Running): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: probeNameOf(run, role),
      namespace: probeNamespaceOf(run.instance),
      labels: { ...labelsOf(run), [roleLabel]: role },
    },
    spec: {
      restartPolicy: 'Never',
      activeDeadlineSeconds: podLifeS,
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'probe',
          image: run.image,
          imagePullPolicy: 'IfNotPresent',
          ...running,
          resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '200m', memory: '64Mi' } },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  };
}

function labelsOf(run: ProbeRun): Record<string, string> {
  return { [label.instance]: run.instance, [runLabel]: run.id };
}
