import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { until } from '../../conformance/steps.js';
import { kinds } from '../client/kinds.js';
import { namespaceOf } from '../names.js';
import { describeOnCluster, removeNamespaces, uniqueInstance } from '../testing/test-cluster.js';
import { execInSystem, openConsole } from './cluster-consoles.js';

const image = process.env['LAB_TEST_TERMINAL_IMAGE'] ?? 'registry.test/terminal:1';
/** In place of a VNC server, at its socket: greets like one, then gives back what it gets. */
const serve = `cat >/tmp/vnc <<'END'
#!/bin/bash
printf 'RFB 003.008\\n'
exec cat
END
chmod 755 /tmp/vnc
sleep 2
exec socat UNIX-LISTEN:/run/lab/desktop.sock,fork EXEC:/tmp/vnc`;

describeOnCluster('the desktop of a container', (cluster) => {
  const instance = uniqueInstance('d');
  const sessionId = crypto.randomUUID();
  const namespace = namespaceOf(instance, sessionId);
  const target = { sessionId, system: 'desk' };
  const open = () => openConsole(cluster(), instance, { ...target, channel: 'desktop' });
  const relays = async () =>
    (
      await execInSystem(cluster(), instance, target, ['bash', '-c', 'pgrep -fc "socat [-]"'], { timeoutMs: 30_000 })
    ).stdout.trim();

  beforeAll(async () => {
    await cluster().apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    await cluster().apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'desk', namespace },
      spec: {
        terminationGracePeriodSeconds: 0,
        securityContext: { runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000 },
        volumes: [{ name: 'run', emptyDir: {} }],
        containers: [
          {
            name: 'system',
            image,
            imagePullPolicy: 'IfNotPresent',
            command: ['bash', '-c', serve],
            volumeMounts: [{ name: 'run', mountPath: '/run/lab' }],
          },
        ],
      },
    });
    const ref = { kind: kinds.pod, namespace, name: 'desk' };
    const isRunning = async () => (await cluster().read(ref))?.status?.phase === 'Running';
    await vi.waitUntil(isRunning, { timeout: 60_000, interval: 200 });
  });
  afterAll(async () => {
    await removeNamespaces(cluster(), [namespace]);
    cluster().close();
  });

  it('is not there before it answers, and worth another try', async () => {
    const first: unknown = await open().catch((error: unknown) => error);
    if (first instanceof Error) expect(first).toMatchObject({ code: 'unreachable', retryable: true });
    await vi.waitUntil(
      async () =>
        (await open().then(
          (desktop) => desktop.destroy(),
          () => undefined,
        )) !== undefined,
      {
        timeout: 30_000,
        interval: 300,
      },
    );
  });

  it('speaks first, and carries bytes unchanged', async () => {
    const desktop = await open();
    expect(await until(desktop, /\n/)).toBe('RFB 003.008\n');
    const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 11) % 256));
    const parts: Buffer[] = [];
    desktop.on('data', (part: Buffer) => parts.push(part));
    desktop.write(bytes);
    await vi.waitUntil(() => Buffer.concat(parts).length >= bytes.length, { timeout: 20_000 });
    expect(Buffer.concat(parts).equals(bytes)).toBe(true);
    desktop.destroy();
  });

  it('is shared by its viewers, and leaves no relay behind', async () => {
    const viewers = await Promise.all([open(), open(), open()]);
    for (const viewer of viewers) expect(await until(viewer, /\n/)).toBe('RFB 003.008\n');
    expect(await relays()).toBe('3');
    for (const viewer of viewers) viewer.destroy();
    await delay(500);
    await expect.poll(relays, { timeout: 20_000 }).toBe('0');
  });
});
