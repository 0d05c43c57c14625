import { z } from 'zod';

/** Kinds that an administrator may add to a lab, and what they are written as. */
export const kubernetesKinds = {
  ConfigMap: 'v1',
  Secret: 'v1',
  Service: 'v1',
  PersistentVolumeClaim: 'v1',
  Pod: 'v1',
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  Job: 'batch/v1',
} as const;

const kinds = [
  'ConfigMap',
  'Secret',
  'Service',
  'PersistentVolumeClaim',
  'Pod',
  'Deployment',
  'StatefulSet',
  'Job',
] as const;

/** How many of them one lab may have. */
export const mostKubernetesObjects = 50;

/** Labels and annotations of the platform; only membership in a lab network may be claimed. */
const reserved = /^(?:[^/]*\.)?lab-orchestrator\.dev\/(?!network\.)/;
const Marks = z
  .record(z.string().max(317), z.string().max(65_536))
  .refine((marks) => !Object.keys(marks).some((key) => reserved.test(key)), 'keys of the platform cannot be set');

/**
 * A raw object that an administrator adds to a lab. It goes to the session's namespace, whatever it says, and its pods
 * are held by that namespace's policies, quota and Pod Security as all others are. Checked here so that the author hears
 * of a mistake at once, and again by the cluster.
 */
export const KubernetesObject = z
  .strictObject({
    apiVersion: z.enum(['v1', 'apps/v1', 'batch/v1']),
    kind: z.enum(kinds),
    metadata: z.strictObject({
      name: z.string().regex(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/, 'expected a DNS label that starts with a letter'),
      labels: Marks.optional(),
      annotations: Marks.optional(),
    }),
    spec: z.record(z.string(), z.json()).optional(),
    data: z.record(z.string(), z.string()).optional(),
    binaryData: z.record(z.string(), z.string()).optional(),
    stringData: z.record(z.string(), z.string()).optional(),
    type: z.string().max(100).optional(),
    immutable: z.boolean().optional(),
  })
  .superRefine((object, context) => {
    if (kubernetesKinds[object.kind] !== object.apiVersion) {
      const message = `${object.kind} is written with apiVersion ${kubernetesKinds[object.kind]}`;
      context.addIssue({ code: 'custom', path: ['apiVersion'], message });
    }
    if (object.type === 'kubernetes.io/service-account-token') {
      context.addIssue({ code: 'custom', path: ['type'], message: 'a Secret must not ask for an account token' });
    }
    for (const { path, message } of forbidden(object.spec, ['spec']))
      context.addIssue({ code: 'custom', path, message });
  });
export type KubernetesObject = z.infer<typeof KubernetesObject>;

type Finding = { path: (string | number)[]; message: string };

/** Fields that would leave the session, wherever in a template they stand. */
const leaks: Record<string, (value: unknown) => string | undefined> = {
  hostNetwork: isTrue('the node’s network is not for labs'),
  hostPID: isTrue('the node’s processes are not for labs'),
  hostIPC: isTrue('the node’s memory is not for labs'),
  privileged: isTrue('privileged containers are not for labs'),
  allowPrivilegeEscalation: isTrue('no process may gain privileges'),
  automountServiceAccountToken: isTrue('labs get no account token'),
  hostPath: present('the node’s files are not for labs'),
  hostPort: present('ports of the node are not for labs'),
  nodeName: present('the scheduler decides about the node'),
  serviceAccountName: present('labs run under the account of their namespace'),
  serviceAccount: present('labs run under the account of their namespace'),
  serviceAccountToken: present('labs get no account token'),
  externalIPs: present('addresses of the cluster are not for labs'),
  externalName: present('a name outside of the lab cannot be given'),
  nodePort: present('ports of the node are not for labs'),
  procMount: present('/proc stays masked'),
  seccompProfile: isUnconfined('system calls stay filtered'),
  appArmorProfile: isUnconfined('AppArmor stays on'),
  sysctls: (value) =>
    list(value).every((one) => typeof one === 'object' && one !== null && 'name' in one && isSafe(one.name))
      ? undefined
      : 'settings of the node’s kernel are not for labs',
  add: (value) => (Array.isArray(value) && value.length > 0 ? 'capabilities cannot be added' : undefined),
};

/** Settings of the kernel that belong to the pod alone: what Pod Security lets through. */
const safeSysctls =
  /^(?:kernel\.shm_rmid_forced|net\.ipv4\.(?:ip_(?:local_port_range|unprivileged_port_start|local_reserved_ports)|tcp_(?:syncookies|keepalive_(?:time|intvl|probes)|fin_timeout|rmem|wmem)|ping_group_range))$/;
const isSafe = (name: unknown) => typeof name === 'string' && safeSysctls.test(name);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

function forbidden(value: unknown, path: (string | number)[], depth = 0): Finding[] {
  if (depth > 32) return [{ path, message: 'nested too deeply' }];
  if (Array.isArray(value)) return value.flatMap((item, index) => forbidden(item, [...path, index], depth + 1));
  if (typeof value !== 'object' || value === null) {
    const isType = path.length === 2 && path[0] === 'spec' && path[1] === 'type';
    const open = isType && (value === 'NodePort' || value === 'LoadBalancer' || value === 'ExternalName');
    return open ? [{ path, message: 'a service of a lab is for the lab only: expected ClusterIP' }] : [];
  }
  return Object.entries(value).flatMap(([key, item]) => {
    const at = [...path, key];
    const message = leaks[key]?.(item);
    return [...(message === undefined ? [] : [{ path: at, message }]), ...forbidden(item, at, depth + 1)];
  });
}

function isTrue(message: string) {
  return (value: unknown) => (value === true ? message : undefined);
}

function isUnconfined(message: string) {
  return (value: unknown) =>
    typeof value === 'object' && value !== null && 'type' in value && value.type === 'Unconfined' ? message : undefined;
}

function present(message: string) {
  return (value: unknown) => (value === undefined || value === null ? undefined : message);
}
