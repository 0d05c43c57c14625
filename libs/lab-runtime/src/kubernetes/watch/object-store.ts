import type { KubeObject } from '../client/kube-object.js';
import { label } from '../labels.js';

/** Deleted objects that are remembered, so that a late answer to a write does not bring one back. */
const rememberedDeletions = 2000;

/** What an informer knows, by name and by session. Versions of one object only ever go up. */
export class ObjectStore<T extends KubeObject> {
  private readonly objects = new Map<string, T>();
  private readonly bySession = new Map<string, Set<string>>();
  private readonly deleted = new Set<string>();

  get size(): number {
    return this.objects.size;
  }

  get(namespace: string | undefined, name: string): T | undefined {
    return this.objects.get(keyOf(namespace, name));
  }

  ofSession(sessionId: string): T[] {
    return [...(this.bySession.get(sessionId) ?? [])].flatMap((key) => this.objects.get(key) ?? []);
  }

  all(): IterableIterator<T> {
    return this.objects.values();
  }

  sessions(): IterableIterator<string> {
    return this.bySession.keys();
  }

  /** False when what is known is as new, or the object was deleted since. */
  put(object: T): boolean {
    const { namespace, name = '', uid = '' } = object.metadata;
    const key = keyOf(namespace, name);
    const known = this.objects.get(key);
    if (this.deleted.has(uid)) return false;
    if (known && known.metadata.uid === uid && versionOf(known) >= versionOf(object)) return false;
    this.objects.set(key, object);
    if (known && sessionOf(known) !== sessionOf(object)) this.unindex(key, known);
    const session = sessionOf(object);
    if (session !== undefined) this.bySession.set(session, (this.bySession.get(session) ?? new Set()).add(key));
    return true;
  }

  delete(object: KubeObject): boolean {
    const { namespace, name = '', uid } = object.metadata;
    const key = keyOf(namespace, name);
    const known = this.objects.get(key);
    this.remember(uid);
    // A new one of the same name may be there already.
    if (!known || (uid !== undefined && known.metadata.uid !== uid)) return false;
    this.objects.delete(key);
    this.unindex(key, known);
    return true;
  }

  /** After a whole list: removes what was not in it and is not newer than it. */
  retain(listed: ReadonlySet<string>, resourceVersion: string): T[] {
    const version = BigInt(resourceVersion || 0);
    const gone = [...this.objects].filter(([key, object]) => !listed.has(key) && versionOf(object) <= version);
    for (const [, object] of gone) this.delete(object);
    return gone.map(([, object]) => object);
  }

  private unindex(key: string, object: KubeObject): void {
    const session = sessionOf(object) ?? '';
    const keys = this.bySession.get(session);
    keys?.delete(key);
    if (keys?.size === 0) this.bySession.delete(session);
  }

  private remember(uid: string | undefined): void {
    if (uid === undefined) return;
    this.deleted.add(uid);
    const [oldest] = this.deleted;
    if (this.deleted.size > rememberedDeletions && oldest !== undefined) this.deleted.delete(oldest);
  }
}

export function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

export function sessionOf(object: KubeObject): string | undefined {
  return object.metadata.labels?.[label.session];
}

/** Versions are decimal numbers that grow (etcd's revision); the API documents them as comparable since 1.35. */
function versionOf(object: KubeObject): bigint {
  const version = object.metadata.resourceVersion ?? '0';
  return /^\d+$/.test(version) ? BigInt(version) : 0n;
}
