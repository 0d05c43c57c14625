import { once } from 'node:events';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { until } from '../../conformance/steps.js';
import type { Console } from '../../port/lab-runtime.js';
import { kinds } from '../client/kinds.js';
import { namespaceOf } from '../names.js';
import { describeOnCluster, removeNamespaces, uniqueInstance } from '../testing/test-cluster.js';
import { tinyVm } from '../testing/tiny-vm.js';
import { execInSystem, openConsole } from './cluster-consoles.js';

const system = 'guest';

describeOnCluster('consoles of a virtual machine', (cluster) => {
  const instance = uniqueInstance('v');
  const sessionId = crypto.randomUUID();
  const namespace = namespaceOf(instance, sessionId);
  const target = { sessionId, system };
  const open = (channel: 'serial' | 'desktop') => openConsole(cluster(), instance, { ...target, channel });
  const openPort = (port: number) => openConsole(cluster(), instance, { ...target, channel: 'port', port });
  const machine = (path: string) =>
    `/apis/subresources.kubevirt.io/v1/namespaces/${namespace}/virtualmachineinstances/${system}/${path}`;

  beforeAll(async () => {
    await cluster().apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    await cluster().apply(tinyVm(namespace, system));
    // On its way: refused, and worth another try.
    await expect(open('serial')).rejects.toMatchObject({ code: 'unreachable', retryable: true });
    await running();
    const serial = await open('serial');
    await prompt(serial);
    serial.destroy();
  }, 180_000);
  afterAll(async () => {
    await removeNamespaces(cluster(), [namespace]);
    cluster().close();
  });

  const instanceRef = { kind: kinds.virtualMachineInstance, namespace, name: system };
  async function running() {
    const phase = async () => (await cluster().read(instanceRef))?.status?.phase;
    await vi.waitUntil(async () => (await phase()) === 'Running', { timeout: 120_000, interval: 300 });
  }

  /** A guest says nothing by itself once it is up. */
  async function prompt(console: Console) {
    const asking = setInterval(() => console.write('\r'), 1_000);
    await until(console, /tiny-vm:~# /, 90_000).finally(() => clearInterval(asking));
  }

  it('types into the serial console, and reads from it', async () => {
    const console = await open('serial');
    await console.resize(80, 24);
    console.write('echo $((6 * 7))-$(hostname)\r');
    await until(console, /\n42-/);
    console.destroy();
  });

  it('shows the screen: the server speaks first', async () => {
    const console = await open('desktop');
    expect((await until(console, /\n/)).slice(0, 12)).toMatch(/^RFB 003\.\d{3}\n$/);
    console.write('RFB 003.008\n');
    const [security] = await once(console, 'data');
    expect(security[0]).toBeGreaterThan(0);
    console.destroy();
  });

  it('connects to a port of the guest', async () => {
    const console = await openPort(80);
    console.write('GET / HTTP/1.0\r\n\r\n');
    expect(await until(console, /200 OK[^]*guest|200 OK[^]*tiny/)).toContain('HTTP/1.');
    console.destroy();
  });

  it('tells of a port that nobody listens on', async () => {
    const failed = openPort(99).then(
      (console) =>
        new Promise((resolve) =>
          console
            .once('error', resolve)
            .once('end', () => resolve('end'))
            .resume(),
        ),
      (error: unknown) => error,
    );
    expect(await failed).toSatisfy((outcome) => outcome === 'end' || outcome instanceof Error);
  });

  it.each(['serial', 'desktop'] as const)('says that another client took the %s over', async (channel) => {
    const first = await open(channel);
    const lost: Promise<unknown> = new Promise((resolve) => first.once('error', resolve).resume());
    const second = await open(channel);
    expect(await lost).toMatchObject({ code: 'taken_over', retryable: false });
    second.destroy();
  });

  it('has no terminal, and runs no commands', async () => {
    const terminal = openConsole(cluster(), instance, {
      ...target,
      channel: 'terminal',
      command: ['sh'],
      columns: 80,
      rows: 24,
    });
    await expect(terminal).rejects.toMatchObject({ code: 'unsupported', retryable: false });
    const command = execInSystem(cluster(), instance, target, ['true'], { timeoutMs: 5_000 });
    await expect(command).rejects.toMatchObject({ code: 'unsupported', retryable: false });
  });

  it('survives a client that sends the screen nonsense', async () => {
    for (let seed = 0; seed < 5; seed += 1) {
      const console = await open('desktop');
      const ended = Promise.race([once(console, 'end'), once(console, 'close')]).catch(() => undefined);
      console.resume();
      for (let count = 0; count < 50; count += 1) {
        console.write(
          Buffer.from(Array.from({ length: 200 }, (_, index) => (seed * 7 + count * 31 + index * 17) % 256)),
        );
      }
      console.end();
      console.destroy();
      await ended;
    }
    const serial = await open('serial');
    await prompt(serial);
    serial.destroy();
  });

  it('a paused machine keeps its consoles', async () => {
    await cluster().put(machine('pause'), {});
    const [serial, desktop] = [await open('serial'), await open('desktop')];
    serial.destroy();
    desktop.destroy();
    await cluster().put(machine('unpause'), {});
  });

  it('a machine that restarts is worth another try, from the first moment until it answers', async () => {
    const consoles = [await open('serial'), await open('desktop')];
    const lost = consoles.map((console) => new Promise((resolve) => console.once('error', resolve).resume()));
    const before = (await cluster().read(instanceRef))?.metadata.uid;
    await cluster().put(machine('').replace('virtualmachineinstances', 'virtualmachines') + 'restart', {});
    for (const error of await Promise.all(lost)) expect(error).toMatchObject({ code: 'unreachable', retryable: true });
    await expect
      .poll(
        async () => {
          const console = await open('desktop').catch((error: unknown) => error);
          if (console instanceof Error) expect(console).toMatchObject({ code: 'unreachable', retryable: true });
          else (console as Console).destroy();
          const now = (await cluster().read(instanceRef))?.metadata.uid;
          return !(console instanceof Error) && now !== undefined && now !== before;
        },
        { timeout: 90_000, interval: 500 },
      )
      .toBe(true);
    const serial = await open('serial');
    await prompt(serial);
    serial.destroy();
  }, 180_000);

  it('a machine that is gone does not exist', async () => {
    const serial = await open('serial');
    const lost = new Promise((resolve) => serial.once('error', resolve).resume());
    await cluster().remove({ kind: kinds.virtualMachine, namespace, name: system });
    expect(await lost).toMatchObject({ code: 'unreachable' });
    await expect
      .poll(() => open('serial').catch((error: unknown) => error), { timeout: 60_000, interval: 500 })
      .toMatchObject({ code: 'not_found', retryable: false });
  });
});
