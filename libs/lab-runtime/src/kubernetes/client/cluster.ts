import type { IncomingMessage } from 'node:http';
import type { KubeConfig } from '@kubernetes/client-node';
import pLimit, { type LimitFunction } from 'p-limit';
import { apiErrorOf, connectionError, hasStatus } from './api-error.js';
import { type Kind, type KubeObject, type ObjectRef, pathOf } from './kube-object.js';
import { kindOf } from './kinds.js';
import { defaultRetryRule, type RetryRule, type RetryScope, withRetries } from './retry.js';
import { textOf, Transport, type ApiRequest } from './transport.js';

/** Who owns the fields that this runtime sets. */
export const fieldManager = 'lab-orchestrator';

export type ClusterOptions = {
  config: KubeConfig;
  /** Calls under way at the same time. */
  concurrency?: number;
  /** How long one call may take before it counts as lost, in ms. */
  timeoutMs?: number;
  retries?: RetryRule;
  /** Told of each call that was sent, for counting. */
  onCall?: (call: { method: string; path: string }) => void;
};

export type CallScope = { signal?: AbortSignal };
export type ApplyScope = CallScope & { dryRun?: boolean; kind?: Kind };
export type ListScope = CallScope & { namespace?: string; labelSelector?: string; fieldSelector?: string };
export type RemoveScope = CallScope & {
  preconditions?: { uid?: string; resourceVersion?: string };
  gracePeriodSeconds?: number;
  propagationPolicy?: 'Foreground' | 'Background' | 'Orphan';
};

export type PageScope = { limit?: number; accept?: string };

/** One page of a list, and the version a watch goes on from. */
export type Listed<T> = { items: T[]; resourceVersion: string };

const pageSize = 500;

/** The one way to the API server. Every method throws `ApiError` (a `RuntimeError`) when it is refused or unheard. */
export class Cluster {
  private readonly transport: Transport;
  private readonly watching: Transport;
  private readonly limit: LimitFunction;

  constructor(private readonly options: ClusterOptions) {
    const concurrency = options.concurrency ?? 32;
    this.transport = new Transport(options.config, concurrency);
    this.watching = new Transport(options.config, Infinity);
    this.limit = pLimit(concurrency);
  }

  /** For what opens WebSockets of its own. */
  get config(): KubeConfig {
    return this.options.config;
  }

  /**
   * Server-side apply: creates or changes the object until its fields are as given. With `metadata.resourceVersion` it
   * is refused (409) when somebody changed the object since.
   */
  apply<T extends KubeObject>(object: T, scope: ApplyScope = {}): Promise<T> {
    const kind = scope.kind ?? kindOf(object);
    const { name, namespace } = object.metadata;
    if (name === undefined) throw new TypeError(`A ${object.kind} without a name cannot be applied.`);
    return this.call<T>(`Applying ${object.kind} ${name}`, {
      method: 'PATCH',
      path: pathOf(kind, namespace, name),
      query: { fieldManager, force: true, dryRun: scope.dryRun ? 'All' : undefined },
      headers: { 'content-type': 'application/apply-patch+yaml' },
      body: JSON.stringify(object),
      signal: scope.signal,
    });
  }

  /**
   * Only where nothing of that name may be there yet; answers 409 `AlreadyExists` otherwise. Repeated only when it was
   * turned away unread (429): after any other answer, or none, it may have been made.
   */
  create<T extends KubeObject>(object: T, scope: ApplyScope = {}): Promise<T> {
    const request = {
      method: 'POST' as const,
      path: pathOf(scope.kind ?? kindOf(object), object.metadata.namespace),
      query: { fieldManager, dryRun: scope.dryRun ? 'All' : undefined },
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(object),
      signal: scope.signal,
    };
    return this.call<T>(`Creating ${object.kind} ${object.metadata.name}`, request, wasTurnedAway);
  }

  /** A JSON merge patch: `null` removes a field. For marks on objects that are not ours to apply as a whole. */
  merge<T extends KubeObject>(ref: ObjectRef<T>, patch: object, scope: CallScope = {}): Promise<T> {
    return this.call<T>(`Changing ${ref.kind.kind} ${ref.name}`, {
      method: 'PATCH',
      path: pathOf(ref.kind, ref.namespace, ref.name),
      query: { fieldManager },
      headers: { 'content-type': 'application/merge-patch+json' },
      body: JSON.stringify(patch),
      signal: scope.signal,
    });
  }

  /** Undefined only when the API server says that there is no such object. */
  async read<T extends KubeObject>(ref: ObjectRef<T>, scope: CallScope = {}): Promise<T | undefined> {
    try {
      const path = pathOf(ref.kind, ref.namespace, ref.name);
      return await this.call<T>(`Reading ${ref.kind.kind} ${ref.name}`, { method: 'GET', path, signal: scope.signal });
    } catch (error) {
      if (hasStatus(error, 404)) return undefined;
      throw error;
    }
  }

  /** Everything that matches, read in pages. A kind that the cluster does not have is an error (404). */
  async list<T extends KubeObject>(kind: Kind<T>, scope: ListScope = {}): Promise<T[]> {
    try {
      return await this.all(kind, scope);
    } catch (error) {
      // It outlived the snapshot that its pages come from.
      if (!hasStatus(error, 410)) throw error;
      return this.all(kind, scope);
    }
  }

  /** Asks for deletion; an object that is not there is fine, and so is one that is on its way. */
  async remove(ref: ObjectRef, scope: RemoveScope = {}): Promise<void> {
    const { preconditions, gracePeriodSeconds, propagationPolicy } = scope;
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions, gracePeriodSeconds, propagationPolicy };
    try {
      await this.call(`Deleting ${ref.kind.kind} ${ref.name}`, {
        method: 'DELETE',
        path: pathOf(ref.kind, ref.namespace, ref.name),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: scope.signal,
      });
    } catch (error) {
      if (!hasStatus(error, 404)) throw error;
    }
  }

  /**
   * PUT to a path of the API, for subresources such as KubeVirt's `pause`, whose aggregated server is away for a moment
   * now and then (503). Repeated like other calls; a conflict (409) is the caller's to judge, also one with what the
   * first try has done.
   */
  put(path: string, body: object | undefined, scope: CallScope = {}): Promise<string> {
    return this.text(`PUT ${path}`, {
      method: 'PUT',
      path,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: scope.signal,
    });
  }

  /** GET of any path: discovery, versions, logs. The body as text. */
  get(path: string, query: ApiRequest['query'] = {}, scope: CallScope = {}): Promise<string> {
    return this.text(`GET ${path}`, { method: 'GET', path, query, signal: scope.signal });
  }

  /** Begins a watch: the answer's head, whatever its status. Connections of watches do not count with the calls. */
  async watch(request: ApiRequest, connecting: AbortSignal): Promise<IncomingMessage> {
    const opened = new AbortController();
    const lost = () => opened.abort(new Error('No answer in time.'));
    connecting.addEventListener('abort', lost, { once: true });
    this.options.onCall?.(request);
    const signal = request.signal ? AbortSignal.any([request.signal, opened.signal]) : opened.signal;
    try {
      return await this.watching.send({ ...request, signal });
    } catch (error) {
      request.signal?.throwIfAborted();
      throw connectionError(`GET ${request.path}`, error instanceof Error ? error : new Error(String(error)));
    } finally {
      connecting.removeEventListener('abort', lost);
    }
  }

  close(): void {
    this.transport.close();
    this.watching.close();
  }

  /** A list page by page; each call of the iterator is one call of the API. */
  async *pages<T extends KubeObject>(kind: Kind<T>, scope: ListScope & PageScope = {}): AsyncGenerator<Listed<T>> {
    let from: string | undefined;
    do {
      const { namespace, labelSelector, fieldSelector, signal, limit = pageSize, accept } = scope;
      const text = await this.text(`Listing ${kind.plural}`, {
        method: 'GET',
        path: pathOf(kind, namespace),
        query: { limit, continue: from, labelSelector, fieldSelector },
        headers: accept === undefined ? {} : { accept },
        signal,
      });
      const page: { metadata: { continue?: string; resourceVersion?: string }; items?: T[] } = JSON.parse(text);
      // Items of a list come without their kind.
      const items = (page.items ?? []).map((item) => ({ ...item, apiVersion: kind.apiVersion, kind: kind.kind }));
      yield { items, resourceVersion: page.metadata.resourceVersion ?? '' };
      from = page.metadata.continue;
    } while (from);
  }

  private async all<T extends KubeObject>(kind: Kind<T>, scope: ListScope): Promise<T[]> {
    const items: T[] = [];
    for await (const page of this.pages(kind, scope)) items.push(...page.items);
    return items;
  }

  private async call<T>(doing: string, request: ApiRequest, repeats?: RetryScope['repeats']): Promise<T> {
    return JSON.parse(await this.text(doing, request, repeats));
  }

  private text(doing: string, request: ApiRequest, repeats?: RetryScope['repeats']): Promise<string> {
    const rule = this.options.retries ?? defaultRetryRule;
    return withRetries(rule, () => this.limit(() => this.send(doing, request)), { signal: request.signal, repeats });
  }

  private async send(doing: string, request: ApiRequest): Promise<string> {
    const timeout = AbortSignal.timeout(this.options.timeoutMs ?? 30_000);
    const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
    this.options.onCall?.(request);
    let status: number;
    let body: string;
    let headers: NodeJS.Dict<string | string[]>;
    try {
      const response = await this.transport.send({ ...request, signal });
      ({ headers } = response);
      status = response.statusCode ?? 0;
      body = await textOf(response);
    } catch (error) {
      request.signal?.throwIfAborted();
      throw connectionError(doing, error instanceof Error ? error : new Error(String(error)));
    }
    if (status >= 200 && status < 300) return body;
    throw apiErrorOf(doing, status, body, headers['retry-after']);
  }
}

const wasTurnedAway: RetryScope['repeats'] = (error) => hasStatus(error, 429);
