import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { session as sessionOf } from '../../conformance/subject.js';
import { kinds } from '../client/kinds.js';
import type { Kind } from '../client/kube-object.js';
import { filesSecretFor } from '../forge/files.js';
import { namespaceFor } from '../forge/namespace.js';
import { serviceFor } from '../forge/service.js';
import { annotation } from '../labels.js';
import { busybox } from '../testing/busybox.js';
import { describeOnCluster, removeNamespaces, uniqueInstance } from '../testing/test-cluster.js';
import { SessionView } from '../watch/session-view.js';
import { RemovalLedger } from './ledger.js';
import { claimSession, confirmClaim } from './session-claim.js';
import { SessionRemover } from './session-remover.js';
import { SessionWriter } from './session-writer.js';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** Sleeps at the one moment in which it matters: after it found the session alive, before it makes its namespace. */
class SleepyLedger extends RemovalLedger {
  beforeWaking: (() => Promise<void>) | undefined;

  override async check(sessionId: string, generation: number): Promise<void> {
    await super.check(sessionId, generation);
    const sleep = this.beforeWaking;
    this.beforeWaking = undefined;
    await sleep?.();
  }
}

describeOnCluster('a worker that slept', (cluster) => {
  const instance = uniqueInstance('z');
  const views: SessionView[] = [];
  const names: string[] = [];

  /** A process of the installation: its own watches, its own memory. */
  function worker() {
    const view = new SessionView({ cluster: cluster(), instance, vms: () => Promise.resolve(false) });
    views.push(view);
    const ledger = new SleepyLedger(cluster(), instance);
    const parts = { cluster: cluster(), view, ledger };
    const remover = new SessionRemover({ ...parts, instance, stuckAfterMs: 300_000 });
    return { ...parts, remover, parts };
  }
  const lab = (generation = 1) => sessionOf([busybox('alpha')], { generation });
  const namespace = (session: ReturnType<typeof lab>) => {
    const made = namespaceFor(instance, session, 'restricted');
    names.push(made.metadata.name ?? '');
    return made;
  };
  const inCluster = (name = '') => cluster().read({ kind: kinds.namespace, name });

  let zombie: ReturnType<typeof worker>;
  let other: ReturnType<typeof worker>;
  beforeAll(async () => {
    zombie = worker();
    other = worker();
    await Promise.all([zombie.view.ready(), other.view.ready()]);
  });
  afterAll(async () => {
    await Promise.all(views.map((view) => view.close()));
    await removeNamespaces(cluster(), [...new Set(names), `${instance}-ledger`]);
  });

  it('before it made the namespace cannot bring back a session that was removed meanwhile', async () => {
    const session = lab();
    const wanted = namespace(session);
    zombie.ledger.beforeWaking = async () => {
      expect(await other.remover.remove(session.sessionId)).toEqual({ gone: true, remaining: [] });
    };
    await expect(claimSession(zombie.parts, wanted, session.sessionId)).rejects.toMatchObject({
      code: 'stale_generation',
    });
    const left = async () => {
      const found = await inCluster(wanted.metadata.name);
      return found === undefined || found.metadata.deletionTimestamp !== undefined;
    };
    expect(await left()).toBe(true);
  });

  it('with the namespace in hand writes nothing into one that is being removed', async () => {
    const session = lab();
    const claim = await claimSession(zombie.parts, namespace(session), session.sessionId);
    const writer = new SessionWriter(zombie.parts, claim);
    await other.remover.remove(session.sessionId);
    await expect(writer.ensure(serviceFor(instance, session.sessionId, busybox('alpha')))).rejects.toMatchObject({
      status: expect.toSatisfy((status: number) => status === 403 || status === 404),
    });
    await expect(confirmClaim(zombie.parts, claim)).rejects.toMatchObject({ code: 'stale_generation' });
  });

  it('takes back what it wrote after a later wish', async () => {
    const session = lab();
    const claim = await claimSession(zombie.parts, namespace(session), session.sessionId);
    const writer = new SessionWriter(zombie.parts, claim);
    await claimSession(other.parts, namespace({ ...session, generation: 2 }), session.sessionId);
    const ghost = serviceFor(instance, session.sessionId, busybox('ghost'));
    await writer.ensure(ghost);
    await expect(confirmClaim(zombie.parts, claim)).rejects.toMatchObject({ code: 'stale_generation' });
    await writer.undo();
    const ref = { kind: kinds.service, namespace: claim.namespace, name: 'ghost' };
    expect(await cluster().read(ref)).toBeUndefined();
  });

  it('cannot change what a later wish changed', async () => {
    const session = lab();
    const claim = await claimSession(zombie.parts, namespace(session), session.sessionId);
    const writer = new SessionWriter(zombie.parts, claim);
    const service = serviceFor(instance, session.sessionId, busybox('alpha'));
    await writer.ensure(service);
    const changed = (port: number) => ({ ...service, spec: { ...service.spec, ports: [{ port }] } });
    const later = await claimSession(other.parts, namespace({ ...session, generation: 2 }), session.sessionId);
    await expect.poll(() => other.view.known(service)).toBeDefined();
    await new SessionWriter(other.parts, later).ensure(changed(80));
    // It still knows the version from before, and the API server refuses its change; or its own watch has caught up.
    const stale: unknown = await writer.ensure(changed(81)).catch((error: unknown) => error);
    const { status, code } = stale as { status?: number; code?: string };
    expect(status === 409 || code === 'stale_generation').toBe(true);
    const port = async () => {
      const found = await cluster().read({ kind: kinds.service, namespace: claim.namespace, name: 'alpha' });
      return found?.spec?.ports?.[0]?.port;
    };
    expect(await port()).toBe(80);
    // Once it has seen what was changed, it knows better than to change it back.
    await expect.poll(() => zombie.view.known(service)?.metadata.annotations?.[annotation.generation]).toBe('2');
    await expect(writer.ensure(changed(81))).rejects.toMatchObject({ code: 'stale_generation' });
    expect(await port()).toBe(80);
  });

  it('leaves alone what a later wish took over, also when nothing of it was changed', async () => {
    const session = lab();
    const claim = await claimSession(zombie.parts, namespace(session), session.sessionId);
    const writer = new SessionWriter(zombie.parts, claim);
    const service = serviceFor(instance, session.sessionId, busybox('alpha'));
    const file = { path: '/tmp/notes', contentBase64: 'aGVsbG8=', mode: '0640' };
    const secret = filesSecretFor(instance, session.sessionId, busybox('alpha', { files: [file] }));
    if (!secret) throw new Error('There are files.');
    await writer.ensure(service);
    await writer.ensureOnce(secret);
    await writer.ensure(serviceFor(instance, session.sessionId, busybox('ghost')));
    const later = await claimSession(other.parts, namespace({ ...session, generation: 2 }), session.sessionId);
    const laterWriter = new SessionWriter(other.parts, later);
    await laterWriter.ensure(service);
    expect(await laterWriter.ensureOnce(secret)).toBe(false);
    await writer.undo();
    const list = async (kind: Kind) =>
      (await cluster().list(kind, { namespace: claim.namespace })).map(({ metadata }) => metadata.name);
    expect(await list(kinds.service)).toEqual(['alpha']);
    expect(await list(kinds.secret)).toEqual([secret.metadata.name]);
  });

  it('finds the later generation when both raise it at once', async () => {
    const session = lab();
    const outcomes = await Promise.allSettled(
      [1, 2, 3].map((generation) => {
        const { parts } = generation === 2 ? other : zombie;
        return claimSession(parts, namespace({ ...session, generation }), session.sessionId);
      }),
    );
    expect(outcomes.at(-1)?.status).toBe('fulfilled');
    const found = await inCluster(namespace(session).metadata.name);
    expect(found?.metadata.annotations?.['lab-orchestrator.dev/generation']).toBe('3');
  });

  describe('the memory of removals', () => {
    it('lets no generation begin anew, and forgets after a week', async () => {
      const session = lab();
      await claimSession(other.parts, namespace(session), session.sessionId);
      await expect
        .poll(() => other.view.namespaces.store.get(undefined, namespace(session).metadata.name ?? ''))
        .toBeDefined();
      await other.remover.remove(session.sessionId);
      await expect(zombie.ledger.check(session.sessionId, 1)).rejects.toMatchObject({ code: 'stale_generation' });
      await expect(zombie.ledger.check(session.sessionId, 2)).rejects.toMatchObject({ code: 'stale_generation' });
      await zombie.ledger.prune(Date.now() + 6 * 24 * 3_600_000);
      await expect(zombie.ledger.check(session.sessionId, 1)).rejects.toMatchObject({ code: 'stale_generation' });
      await zombie.ledger.prune(Date.now() + 8 * 24 * 3_600_000);
      await zombie.ledger.check(session.sessionId, 1);
    });
  });
});
