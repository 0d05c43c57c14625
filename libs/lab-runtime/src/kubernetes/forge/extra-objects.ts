import type { SessionSpec } from '@lab-orchestrator/contracts';
import type { Kind, KubeObject } from '../client/kube-object.js';
import { label, labelsOf } from '../labels.js';
import { namespaceOf } from '../names.js';
import { numberOf } from './quantity.js';

type Given = NonNullable<SessionSpec['kubernetesObjects']>[number];

/** Kinds that only an administrator's objects have. */
export const extraKinds: readonly Kind[] = [
  { apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments', namespaced: true },
  { apiVersion: 'apps/v1', kind: 'StatefulSet', plural: 'statefulsets', namespaced: true },
  { apiVersion: 'batch/v1', kind: 'Job', plural: 'jobs', namespaced: true },
];

/** On what an administrator added, with its name: tells it from our own objects of the same kind. */
export const extraLabel = `${label.kind}-extra`;

/** An administrator's objects, put into the session's namespace under the session's labels; no pod gets a token. */
export function extraObjectsFor(instance: string, session: SessionSpec): KubeObject[] {
  return (session.kubernetesObjects ?? []).map((given) => {
    const { apiVersion, kind, metadata, spec, ...content } = given;
    const own = { ...labelsOf(instance, session.sessionId), [extraLabel]: 'true' };
    return {
      apiVersion,
      kind,
      metadata: {
        name: metadata.name,
        namespace: namespaceOf(instance, session.sessionId),
        labels: { ...metadata.labels, ...own },
        ...(metadata.annotations ? { annotations: metadata.annotations } : {}),
      },
      ...(spec === undefined ? {} : { spec: withoutToken(kind, spec) }),
      ...content,
    };
  });
}

export type Use = {
  cpus: number;
  memoryBytes: number;
  pods: number;
  claims: number;
  services: number;
  secrets: number;
  configMaps: number;
};

/** What the quota must leave room for. A pod that names no requests counts with those of the LimitRange. */
export function extraObjectsUse(objects: readonly Given[]): Use {
  const use: Use = { cpus: 0, memoryBytes: 0, pods: 0, claims: 0, services: 0, secrets: 0, configMaps: 0 };
  for (const { kind, spec = {} } of objects) {
    if (kind === 'PersistentVolumeClaim') use.claims += 1;
    else if (kind === 'Service') use.services += 1;
    else if (kind === 'Secret') use.secrets += 1;
    else if (kind === 'ConfigMap') use.configMaps += 1;
    else {
      // One more while a Deployment replaces a pod.
      const count =
        (kind === 'Pod' ? 1 : Number(spec['replicas'] ?? spec['parallelism'] ?? 1)) + (kind === 'Pod' ? 0 : 1);
      const each = requestsOf(podSpecIn(kind, spec));
      use.pods += count;
      use.cpus += count * each.cpus;
      use.memoryBytes += count * each.memoryBytes;
    }
  }
  return use;
}

type Fields = Record<string, unknown>;

function withoutToken(kind: string, spec: Fields): Fields {
  if (kind === 'Pod') return { ...spec, automountServiceAccountToken: false };
  const { template } = spec;
  if (!isFields(template) || !isFields(template['spec'])) return spec;
  return { ...spec, template: { ...template, spec: { ...template['spec'], automountServiceAccountToken: false } } };
}

function podSpecIn(kind: string, spec: Fields): Fields {
  if (kind === 'Pod') return spec;
  const { template } = spec;
  return isFields(template) && isFields(template['spec']) ? template['spec'] : {};
}

function requestsOf(podSpec: Fields): { cpus: number; memoryBytes: number } {
  const containers = Array.isArray(podSpec['containers']) ? podSpec['containers'].filter(isFields) : [];
  const wanted = containers.map(({ resources }) => {
    const { requests, limits } = isFields(resources) ? resources : {};
    const of = (name: string, otherwise: number) => quantityIn(requests, name) ?? quantityIn(limits, name) ?? otherwise;
    return { cpus: of('cpu', 0.05), memoryBytes: of('memory', 64 * 2 ** 20) };
  });
  return {
    cpus: wanted.reduce((total, { cpus }) => total + cpus, 0),
    memoryBytes: wanted.reduce((total, { memoryBytes }) => total + memoryBytes, 0),
  };
}

function quantityIn(fields: unknown, name: string): number | undefined {
  const value = isFields(fields) ? fields[name] : undefined;
  const number = typeof value === 'string' || typeof value === 'number' ? numberOf(value) : Number.NaN;
  return Number.isNaN(number) ? undefined : number;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
