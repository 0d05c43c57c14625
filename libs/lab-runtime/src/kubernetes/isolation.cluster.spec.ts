import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SessionSpec } from '@lab-orchestrator/contracts';
import { removed, started, until } from '../conformance/steps.js';
import { container, session } from '../conformance/subject.js';
import { kinds } from './client/kinds.js';
import { execInPod } from './consoles/exec-in-pod.js';
import { createKubernetesRuntime } from './create-kubernetes-runtime.js';
import type { KubernetesRuntime } from './kubernetes-runtime.js';
import { namespaceOf } from './names.js';
import { type Canary, tcpCanary, udpCanary } from './testing/canaries.js';
import { hitsFile, probeScript, readHits, type Target } from './testing/isolation-probe.js';
import { isolationReport } from './testing/isolation-report.js';
import { addressOf, isolationTargets } from './testing/isolation-targets.js';
import { openPod, openService } from './testing/open-pods.js';
import { busyboxImage } from './testing/busybox.js';
import { describeOnCluster, removeNamespaces, testImages, uniqueInstance } from './testing/test-cluster.js';
import { vmSystem } from './testing/vm-system.js';

const rounds = 5;
const serve = 'nc -ll -p 80 -e echo hello & exec sleep 3600';
const web = { command: ['sh', '-c', serve], access: [{ name: 'shell', kind: 'terminal' as const, command: ['sh'] }] };
const controlRounds = 3;

type Reached = ReturnType<typeof readHits>;

describeOnCluster('what a lab can reach', (cluster) => {
  const instance = uniqueInstance('i');
  const platform = `${instance}-platform`;
  const docs = resolve(import.meta.dirname, '../../../../docs/isolation.md');
  let runtime: KubernetesRuntime;
  let canaries: Canary[] = [];
  let targets: Target[] = [];
  let withMachines = false;
  const victim = session(
    [
      container({ image: busyboxImage }, 'web', web),
      container({ image: busyboxImage }, 'hidden', { ...web, networks: ['dmz'] }),
      container({ image: busyboxImage }, 'peer', { ...web, networks: ['lan', 'dmz'] }),
    ],
    {
      networks: [
        { name: 'lan', internet: false },
        { name: 'dmz', internet: false },
      ],
    },
  );
  let attacker: SessionSpec;
  const found: Record<'control' | 'container' | 'machine', Reached | undefined> = {
    control: undefined,
    container: undefined,
    machine: undefined,
  };
  let canaryHits = 0;

  const inPod = async (namespace: string, pod: string, line: string) => {
    const place = { namespace, pod, container: 'system' };
    return execInPod(cluster().config, place, ['sh', '-c', line], { timeoutMs: 120_000 });
  };
  const inLab = (system: string, line: string) =>
    runtime.exec({ sessionId: attacker.sessionId, system }, ['sh', '-c', line], { timeoutMs: 60_000 });

  beforeAll(async () => {
    runtime = await createKubernetesRuntime({
      config: cluster().config,
      instance,
      builtinImages: { terminal: testImages.busybox },
    });
    withMachines = await takesMachines();
    canaries = [
      await tcpCanary('NATS'),
      await tcpCanary('PostgreSQL'),
      await tcpCanary('Redis'),
      await udpCanary('a UDP service'),
    ];
    await cluster().apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: platform } });
    await cluster().apply(openPod(platform, 'server', serve));
    await cluster().apply(openService(platform, 'server', 'ClusterIP'));
    await cluster().apply(openService(platform, 'door', 'NodePort'));
    await started(runtime, victim);
    targets = await isolationTargets(cluster(), {
      other: namespaceOf(instance, victim.sessionId),
      platform,
      canaries,
    });
    // The control first: whatever it does not reach, nobody can be kept from reaching.
    await cluster().apply(openPod(platform, 'control', `${probeScript(targets, controlRounds)}\ncat ${hitsFile}`));
    await finished(platform, 'control');
    const text = await cluster().get(`/api/v1/namespaces/${platform}/pods/control/log`);
    found.control = readHits(text);
    for (const canary of canaries)
      expect({ name: canary.name, met: canary.hits() > 0 }).toEqual({ name: canary.name, met: true });
    // Datagrams are not answered, but they were counted.
    for (const [index, { protocol }] of targets.entries()) if (protocol === 'udp') found.control.reached.add(index);
    for (const canary of canaries) canary.reset();
    await attack();
    canaryHits = canaries.reduce((sum, canary) => sum + canary.hits(), 0);
  }, 400_000);

  afterAll(async () => {
    for (const { sessionId } of [victim, attacker ?? victim]) await removed(runtime, sessionId);
    await runtime.close();
    await removeNamespaces(cluster(), [platform, `${instance}-probe`, `${instance}-ledger`]);
    for (const canary of canaries) canary.close();
    cluster().close();
  }, 180_000);

  async function takesMachines(): Promise<boolean> {
    return (
      (await runtime.facts()).vms &&
      (await runtime.ensureImage(vmDisk).then(
        ({ state }) => state === 'ready',
        () => false,
      ))
    );
  }

  /** The session whose processes try everything as the first thing they do. */
  async function attack() {
    const script = probeScript(targets, rounds);
    const machine = vmSystem({
      name: 'machine',
      cloudInit: { userData: `#!/bin/sh\n${script}\n` },
      disks: [{ kind: 'image', name: 'root', bus: 'virtio', persistent: false, image: vmDisk }],
    });
    const systems: SessionSpec['systems'] = [
      container({ image: busyboxImage }, 'probe', { ...web, command: ['sh', '-c', `${script}\nexec sleep 3600`] }),
      container({ image: busyboxImage }, 'web', web),
      ...(withMachines ? [machine] : []),
    ];
    attacker = session(systems);
    await started(runtime, attacker);
    const hits = async () => readHits((await inLab('probe', `cat ${hitsFile}`)).stdout);
    await vi.waitUntil(async () => (await hits()).rounds === rounds, { timeout: 120_000, interval: 1_000 });
    found.container = await hits();
    if (withMachines) found.machine = await machineHits();
  }

  async function machineHits(): Promise<Reached> {
    const serial = await runtime.open({ sessionId: attacker.sessionId, system: 'machine', channel: 'serial' });
    try {
      for (let tries = 0; tries < 60; tries += 1) {
        serial.write(`\rcat ${hitsFile}; echo end-of-$((1))-hits\r`);
        const text = await until(serial, /end-of-1-hits/, 20_000).catch(() => '');
        const hits = readHits(text);
        if (hits.rounds >= rounds) return hits;
        await new Promise((done) => setTimeout(done, 2_000));
      }
      throw new Error('The machine did not finish its probe.');
    } finally {
      serial.destroy();
    }
  }

  async function phaseOf(namespace: string, name: string) {
    return (await cluster().read({ kind: kinds.pod, namespace, name }))?.status?.phase;
  }
  async function finished(namespace: string, name: string) {
    const isDone = async () => (await phaseOf(namespace, name)) === 'Succeeded';
    await vi.waitUntil(isDone, { timeout: 120_000, interval: 500 });
  }

  const names = (reached: ReadonlySet<number> | undefined) => [...(reached ?? [])].map((index) => targets[index]?.name);

  it('is tried at forty places or more', () => {
    expect(targets.length).toBeGreaterThanOrEqual(40);
  });

  it('is there to be reached: a pod without policies gets to it', () => {
    const missing = targets.filter(({ answers }, index) => answers === 'anybody' && !found.control?.reached.has(index));
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  it('is there to be reached, where only members get to it: one of them does', async () => {
    for (const { name, host, port, answers } of targets) {
      if (answers !== 'members') continue;
      const where = { sessionId: victim.sessionId, system: 'peer' };
      const line = `nc -w 2 ${host} ${port} </dev/null`;
      const { stdout } = await runtime.exec(where, ['sh', '-c', line], { timeoutMs: 60_000 });
      expect({ name, stdout }).toEqual({ name, stdout: 'hello\n' });
    }
  });

  it('is nothing of it, for a container, from its first moment on', () => {
    expect(found.container?.rounds).toBe(rounds);
    expect(names(found.container?.reached)).toEqual([]);
  });

  it('is nothing of it, for a virtual machine, from its first moment on', (context) => {
    if (!withMachines) context.skip('this runtime takes no virtual machines here');
    expect(found.machine?.rounds).toBe(rounds);
    expect(names(found.machine?.reached)).toEqual([]);
  });

  it('is nothing that a listener of the platform has noticed', () => {
    expect(canaryHits).toBe(0);
  });

  describe('but', () => {
    it('systems of one network find and reach each other by name', async () => {
      expect((await inLab('probe', 'nc -w 2 web 80 </dev/null')).stdout).toContain('hello');
      const own = `web.${namespaceOf(instance, attacker.sessionId)}.svc.cluster.local`;
      expect((await inLab('probe', `nslookup ${own}`)).stdout).toContain('Address');
    });

    it('networks of one session are apart', async () => {
      const run = (line: string) =>
        runtime.exec({ sessionId: victim.sessionId, system: 'web' }, ['sh', '-c', line], { timeoutMs: 20_000 });
      const hidden = await addressOf(cluster(), namespaceOf(instance, victim.sessionId), 'hidden');
      expect((await run(`timeout 4 nc -w 2 ${hidden} 80 </dev/null`)).stdout).toBe('');
      expect((await run('nc -w 2 127.0.0.1 80 </dev/null')).stdout).toContain('hello');
    });

    it('nothing from outside comes in either', async () => {
      const other = namespaceOf(instance, attacker.sessionId);
      const address = await addressOf(cluster(), other, 'web');
      const inside = await inPod(platform, 'server', `timeout 4 nc -w 2 ${address} 80 </dev/null; echo ended`);
      expect(inside.stdout).toBe('ended\n');
    });

    it.runIf(process.env['LAB_WRITE_DOCS'] === '1')('is written down as it was measured', async () => {
      const other = namespaceOf(instance, victim.sessionId);
      const leaks = /Address[^]*Address/.test((await inLab('probe', `nslookup web.${other}.svc.cluster.local`)).stdout);
      const columns = [
        { name: 'a pod without policies', reached: found.control?.reached ?? new Set<number>() },
        { name: 'a container of a lab', reached: found.container?.reached ?? new Set<number>() },
        ...(found.machine ? [{ name: 'a virtual machine of a lab', reached: found.machine.reached }] : []),
      ];
      const notes = [
        `The cluster’s name server ${leaks ? 'tells a lab' : 'does not tell a lab'} the address behind the full name of a system of another session, if the lab knows that session’s id (a random UUID). The address is of no use to it, as the table shows.`,
        'The cluster has one node and no IPv6: rules for IPv6 and traffic between nodes were not measured. The policy that closes everything says nothing of families and nodes.',
        ...(found.machine ? [] : ['Virtual machines were not measured.']),
        'A network plugin that does not enforce policies is found by a probe, and then no lab starts (`isolation_impossible`).',
      ];
      await writeFile(
        docs,
        isolationReport({ cluster: await clusterName(), rounds: controlRounds, targets, columns, canaryHits, notes }),
      );
    });
  });

  async function clusterName(): Promise<string> {
    const [node] = await cluster().list(kinds.node);
    return `a single-node test cluster, Kubernetes ${node?.status?.nodeInfo?.kubeletVersion ?? '?'}`;
  }
});

const vmDisk = {
  id: 'tiny-vm',
  name: 'tiny-vm',
  kind: 'disk',
  source: { kind: 'containerDisk', reference: testImages.tinyVm },
} as const;
