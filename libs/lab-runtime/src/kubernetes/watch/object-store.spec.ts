import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../client/kube-object.js';
import { label } from '../labels.js';
import { ObjectStore } from './object-store.js';

const pod = (name: string, version: number, uid = `uid-${name}`, session = 's1'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'ns', uid, resourceVersion: String(version), labels: { [label.session]: session } },
});
const versions = (store: ObjectStore<KubeObject>, session = 's1') =>
  store.ofSession(session).map(({ metadata }) => `${metadata.name}@${metadata.resourceVersion}`);

describe('what an informer knows', () => {
  it('never goes back to an older version', () => {
    const store = new ObjectStore<KubeObject>();
    expect(store.put(pod('a', 99))).toBe(true);
    // Compared as numbers: as text, 100 would come before 99.
    expect(store.put(pod('a', 100))).toBe(true);
    expect(store.put(pod('a', 99))).toBe(false);
    expect(store.put(pod('a', 100))).toBe(false);
    expect(versions(store)).toEqual(['a@100']);
  });

  it('takes a successor of the same name', () => {
    const store = new ObjectStore<KubeObject>();
    store.put(pod('a', 5, 'old'));
    expect(store.put(pod('a', 7, 'new'))).toBe(true);
    expect(store.delete(pod('a', 8, 'old'))).toBe(false);
    expect(versions(store)).toEqual(['a@7']);
  });

  it('does not bring back what was deleted', () => {
    const store = new ObjectStore<KubeObject>();
    store.put(pod('a', 5));
    store.delete(pod('a', 6));
    expect(store.put(pod('a', 5))).toBe(false);
    expect([store.size, versions(store), [...store.sessions()]]).toEqual([0, [], []]);
  });

  it('keeps what is newer than a list', () => {
    const store = new ObjectStore<KubeObject>();
    store.put(pod('old', 5));
    store.put(pod('listed', 6));
    store.put(pod('own', 12));
    expect(store.retain(new Set(['ns/listed']), '10').map(({ metadata }) => metadata.name)).toEqual(['old']);
    expect(versions(store)).toEqual(['listed@6', 'own@12']);
  });

  it('knows sessions apart, also when an object moves', () => {
    const store = new ObjectStore<KubeObject>();
    store.put(pod('a', 1));
    store.put(pod('b', 2, 'uid-b', 's2'));
    store.put(pod('a', 3, 'uid-a', 's2'));
    expect([versions(store), versions(store, 's2')]).toEqual([[], ['b@2', 'a@3']]);
    expect([...store.sessions()]).toEqual(['s2']);
  });
});
