import { setTimeout as sleep } from 'node:timers/promises';
import {
  CoreV1Api,
  type KubeConfig,
  type KubernetesObject,
  KubernetesObjectApi,
  PatchStrategy,
  Watch,
} from '@kubernetes/client-node';
import type { Contender, Life } from './contender.ts';
import { filled, type Template } from './template.ts';

type Seen = KubernetesObject & { status?: { conditions?: { type: string; status: string }[] } };

/** A script on the published client that makes the same objects, isolation first, and watches them. */
export class BareClient implements Disposable {
  private readonly config: KubeConfig;
  private readonly instance: string;
  private readonly objects: KubernetesObjectApi;
  private readonly core: CoreV1Api;
  private readonly ended = new AbortController();
  private readonly waiting = new Map<string, (type: string, object: Seen) => void>();

  constructor(config: KubeConfig, instance: string) {
    this.config = config;
    this.instance = instance;
    this.objects = KubernetesObjectApi.makeApiClient(config);
    this.core = config.makeApiClient(CoreV1Api);
    for (const path of ['/api/v1/pods', '/apis/kubevirt.io/v1/virtualmachineinstances', '/api/v1/namespaces'])
      void this.follow(path);
  }

  contender(name: string, template: Template): Contender {
    return { name, start: () => this.start(template) };
  }

  async start(template: Template): Promise<Life> {
    const sessionId = crypto.randomUUID();
    const namespace = `${this.instance}-${sessionId}`;
    const ready = this.allReady(namespace, template.systems);
    for (const step of filled(template, this.instance, sessionId))
      await Promise.all(step.map((object) => this.write(object)));
    return { sessionId, ready, end: () => this.end(namespace) };
  }

  [Symbol.dispose](): void {
    this.ended.abort();
  }

  private async write(object: KubernetesObject): Promise<void> {
    // The cluster makes the account as well, at about the same time.
    if (object.kind !== 'ServiceAccount') await this.objects.create(object);
    else await this.objects.patch(object, undefined, undefined, 'bare', true, PatchStrategy.ServerSideApply);
  }

  private async end(namespace: string): Promise<void> {
    const gone = new Promise<void>((resolve) => {
      this.waiting.set(namespace, (type, { kind }) => {
        if (type !== 'DELETED' || kind !== 'Namespace') return;
        this.waiting.delete(namespace);
        resolve();
      });
    });
    await this.core.deleteNamespace({ name: namespace });
    await gone;
  }

  private allReady(namespace: string, systems: number): Promise<void> {
    const ready = new Set<string>();
    return new Promise((resolve) => {
      this.waiting.set(namespace, (_, { kind, metadata, status }) => {
        if (kind === 'Namespace') return;
        if (status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True'))
          ready.add(metadata?.name ?? '');
        if (ready.size === systems) resolve();
      });
    });
  }

  private async follow(path: string): Promise<void> {
    const labelSelector = `lab-orchestrator.dev/instance=${this.instance}`;
    // From whatever the API server has in memory, which is enough for what is about to be made.
    const options = { labelSelector, resourceVersion: '0' };
    const watch = new Watch(this.config);
    const { signal } = this.ended;
    while (!signal.aborted) {
      const over = Promise.withResolvers<unknown>();
      const told = (type: string, object: Seen) => {
        const { name = '', namespace = name } = object.metadata ?? {};
        this.waiting.get(namespace)?.(type, object);
      };
      const running = await watch.watch(path, options, told, over.resolve).catch(over.resolve);
      signal.addEventListener('abort', () => running && running.abort(), { once: true });
      await over.promise;
      await sleep(100);
    }
  }
}
