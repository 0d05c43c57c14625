import { CoreV1Api, type KubeConfig, KubernetesObjectApi, type KubernetesObject } from '@kubernetes/client-node';

const sessionLabel = 'lab-orchestrator.dev/session';
/** In the order in which they must be there; those of one line may be made at the same time. */
const kinds = [
  [
    ['networking.k8s.io/v1', 'NetworkPolicy'],
    ['v1', 'ResourceQuota'],
    ['v1', 'LimitRange'],
    ['v1', 'ServiceAccount'],
    ['v1', 'Service'],
  ],
  [
    ['v1', 'Pod'],
    ['kubevirt.io/v1', 'VirtualMachine'],
  ],
] as const;

/** The objects of one session, as a script would have them in a file. */
export interface Template {
  namespace: string;
  sessionId: string;
  instance: string;
  /** What must be there before anything of the lab runs, and what runs. */
  steps: KubernetesObject[][];
  systems: number;
}

/** Reads back what the runtime made for a session, so that its peer makes exactly the same. */
export async function templateOf(config: KubeConfig, instance: string, sessionId: string): Promise<Template> {
  const objects = KubernetesObjectApi.makeApiClient(config);
  const namespace = `${instance}-${sessionId}`;
  const labelSelector = `${sessionLabel}=${sessionId}`;
  const read = async (apiVersion: string, kind: string) => {
    const { items } = await objects.list(
      apiVersion,
      kind,
      namespace,
      undefined,
      undefined,
      undefined,
      undefined,
      labelSelector,
    );
    return items
      .filter(({ metadata }) => metadata?.ownerReferences === undefined)
      .map((item) => asWritten({ ...item, apiVersion, kind }));
  };
  const steps = await Promise.all(
    kinds.map(async (step) => (await Promise.all(step.map(([apiVersion, kind]) => read(apiVersion, kind)))).flat()),
  );
  const own = await config.makeApiClient(CoreV1Api).readNamespace({ name: namespace });
  const whole = [[asWritten({ ...own, apiVersion: 'v1', kind: 'Namespace' })], ...steps];
  return { namespace, sessionId, instance, steps: whole, systems: steps[1]?.length ?? 0 };
}

/** The same for another session, and another instance. */
export function filled(template: Template, instance: string, sessionId: string): KubernetesObject[][] {
  const text = JSON.stringify(template.steps)
    .replaceAll(template.namespace, `${instance}-${sessionId}`)
    .replaceAll(template.sessionId, sessionId)
    .replaceAll(`"${template.instance}"`, `"${instance}"`);
  return JSON.parse(text) as KubernetesObject[][];
}

/** Without what the cluster added. */
function asWritten(object: KubernetesObject): KubernetesObject {
  const { apiVersion, kind, metadata, ...rest } = JSON.parse(JSON.stringify(object)) as Required<Fields>;
  const { name, namespace, labels, annotations } = metadata;
  const { status: _, secrets: _secrets, ...content } = rest;
  const spec = content['spec'];
  for (const field of ['nodeName', 'finalizers', 'clusterIPs']) if (isFields(spec)) Reflect.deleteProperty(spec, field);
  return { apiVersion, kind, metadata: { name, namespace, labels, annotations }, ...content };
}

type Fields = KubernetesObject & Record<string, unknown>;

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
