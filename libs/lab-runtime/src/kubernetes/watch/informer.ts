import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import { RuntimeError } from '../../port/runtime-error.js';
import { apiErrorOf, hasStatus } from '../client/api-error.js';
import type { Cluster } from '../client/cluster.js';
import { type Kind, type KubeObject, pathOf } from '../client/kube-object.js';
import { textOf } from '../client/transport.js';
import { eventLines } from './event-lines.js';
import { keyOf, ObjectStore, sessionOf } from './object-store.js';
import { pauseMs } from './pause.js';

export type InformerOptions<T extends KubeObject> = {
  cluster: Cluster;
  kind: Kind<T>;
  labelSelector?: string;
  /** Only names, labels and annotations: for kinds whose content nobody reads here. */
  metadataOnly?: boolean;
  /** Drops what nobody reads, so that thousands of objects fit. */
  strip?(object: T): T;
  /** A session's object came, changed or went. */
  onChange?(sessionId: string, object: T): void;
  /** A watch that says nothing, not even a bookmark (one a minute), for so long is dead. */
  idleMs?: number;
  /** After about so long everything is listed again, in case a watch lost an event without a sign. */
  resyncMs?: number;
  /** Known objects may be used for so long after the connection was lost. */
  staleMs?: number;
};

const metadata = {
  list: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io',
  watch: 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io',
};
/** Small pages: 50 VMs of 10 KB are parsed in some milliseconds. */
const pageSize = 50;
/** Lists of everything come up to so much of their time earlier or later, so that kinds and replicas do not keep step. */
const resyncSpread = 0.2;
type WatchEvent<T> = { type: string; object: T & { code?: number; message?: string } };

/**
 * Knows all objects of one kind: lists once, then watches, resumes where a watch ended, and lists again only when the
 * API server has forgotten that point. What is known stays known while the API server is away.
 */
export class Informer<T extends KubeObject> {
  readonly store = new ObjectStore<T>();
  /** Lists and watches begun: what a test and a metric count. */
  readonly counts = { lists: 0, watches: 0 };
  private readonly ended = new AbortController();
  private readonly first = Promise.withResolvers<void>();
  private isSynced = false;
  private lastHeardMs = 0;
  private listAgainAtMs = 0;
  private lastError: unknown;
  private running: Promise<void> | undefined;

  constructor(private readonly options: InformerOptions<T>) {
    // Nobody may be waiting when it is closed.
    this.first.promise.catch(() => undefined);
  }

  start(): this {
    this.running ??= this.run();
    return this;
  }

  /**
   * Resolves once everything was read. @throws RuntimeError `unreachable` when that takes longer than `timeoutMs`, or
   * what is known is too old to be believed.
   */
  async ready(timeoutMs = 15_000): Promise<void> {
    this.start();
    if (!this.isSynced) {
      const late = new AbortController();
      await Promise.race([this.first.promise, delay(timeoutMs, undefined, { signal: late.signal, ref: false })]);
      late.abort();
    }
    const silentMs = performance.now() - this.lastHeardMs;
    if (this.isSynced && silentMs < (this.options.staleMs ?? 150_000)) return;
    const why = this.lastError instanceof Error ? ` (${this.lastError.message})` : '';
    const text = `The Kubernetes API does not tell about ${this.options.kind.plural}${why}.`;
    throw new RuntimeError('unreachable', text, true, { cause: this.lastError });
  }

  /** Takes the answer to an own write at once, so that a later read in this process sees it. */
  accept(object: T): void {
    if (this.isSynced) this.put(object);
  }

  async close(): Promise<void> {
    this.ended.abort();
    this.first.reject(new RuntimeError('unreachable', 'The runtime was closed.', true));
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.ended;
    let from: string | undefined;
    for (let failures = 0; !signal.aborted;) {
      let error: unknown;
      try {
        from ??= await this.list();
        const heard = this.lastHeardMs;
        from = await this.watch(from);
        if (performance.now() >= this.listAgainAtMs) from = undefined;
        failures = this.lastHeardMs > heard ? 0 : failures + 1;
      } catch (thrown) {
        if (signal.aborted) return;
        if (thrown instanceof Lost) from = thrown.from;
        if (thrown instanceof Lost && thrown.heard) failures = 0;
        error = thrown instanceof Lost ? thrown.cause : thrown;
        if (hasStatus(error, 410)) from = undefined;
        this.lastError = error;
        failures += 1;
      }
      await delay(pauseMs(failures, error), undefined, { signal }).catch(() => undefined);
    }
  }

  private async list(): Promise<string> {
    const { cluster, kind, labelSelector, metadataOnly } = this.options;
    this.counts.lists += 1;
    const listed = new Set<string>();
    let version = '';
    const accept = metadataOnly ? metadata.list : undefined;
    const scope = { labelSelector, limit: pageSize, accept, signal: this.ended.signal };
    for await (const { items, resourceVersion } of cluster.pages(kind, scope)) {
      for (const item of items) {
        listed.add(keyOf(item.metadata.namespace, item.metadata.name ?? ''));
        this.put(item);
      }
      version = resourceVersion;
      await setImmediate();
    }
    for (const gone of this.store.retain(listed, version)) this.tell(gone);
    this.heard();
    const { resyncMs = 900_000 } = this.options;
    this.listAgainAtMs = performance.now() + resyncMs * (1 + resyncSpread * (2 * Math.random() - 1));
    this.isSynced = true;
    this.first.resolve();
    return version;
  }

  /** Follows until the server ends it, and returns where to go on. */
  private async watch(from: string): Promise<string> {
    const { cluster, kind, labelSelector, metadataOnly, idleMs = 90_000 } = this.options;
    this.counts.watches += 1;
    let version = from;
    let heard = false;
    const doing = `Watching ${kind.plural}`;
    // Ends by itself after some minutes, at different times for different watches.
    const longestS = 240 + Math.round(Math.random() * 60);
    const listAgainS = Math.ceil((this.listAgainAtMs - performance.now()) / 1000);
    const timeoutSeconds = Math.max(1, Math.min(longestS, listAgainS));
    const query = { watch: true, allowWatchBookmarks: true, resourceVersion: from, timeoutSeconds, labelSelector };
    const headers = metadataOnly ? { accept: metadata.watch } : undefined;
    try {
      const connecting = AbortSignal.timeout(30_000);
      const request = { method: 'GET' as const, path: pathOf(kind), query, headers };
      const response = await cluster.watch({ ...request, signal: this.ended.signal }, connecting);
      const { statusCode = 0, headers: said } = response;
      if (statusCode !== 200) throw apiErrorOf(doing, statusCode, await textOf(response), said['retry-after']);
      this.heard();
      for await (const line of eventLines(response, { idleMs, onBytes: () => this.heard() })) {
        const event: WatchEvent<T> = JSON.parse(line);
        if (event.type === 'ERROR') throw apiErrorOf(doing, event.object.code ?? 500, JSON.stringify(event.object));
        heard = true;
        version = event.object.metadata.resourceVersion ?? version;
        this.handle(event.type, event.object);
      }
      return version;
    } catch (error) {
      throw new Lost(version, heard, error);
    }
  }

  private handle(type: string, object: T): void {
    switch (type) {
      case 'ADDED':
      case 'MODIFIED':
        this.put(object);
        return;
      case 'DELETED':
        if (this.store.delete(object)) this.tell(object);
        return;
      // BOOKMARK: only the version, which is taken already.
    }
  }

  private put(object: T): void {
    const { kind, strip } = this.options;
    const { managedFields: _, ...kept }: KubeObject['metadata'] & { managedFields?: unknown } = object.metadata;
    const slim = { ...object, apiVersion: kind.apiVersion, kind: kind.kind, metadata: kept };
    const stored = strip ? strip(slim) : slim;
    if (this.store.put(stored)) this.tell(stored);
  }

  private tell(object: T): void {
    const session = sessionOf(object);
    if (session !== undefined && this.isSynced) this.options.onChange?.(session, object);
  }

  private heard(): void {
    this.lastHeardMs = performance.now();
  }
}

/** A watch that broke off: where to go on, and whether it had worked. */
class Lost extends Error {
  constructor(
    readonly from: string,
    readonly heard: boolean,
    cause: unknown,
  ) {
    super('The watch broke off.', { cause });
  }
}
