import { mkdtemp, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { it } from 'vitest';
import { createLocalRuntime } from '../create-local-runtime.js';
import { startEngine } from '../engine/start-engine.js';

it('dev', async () => {
  const dataDir = '/tmp/vmdev/data';
  const t0 = Date.now();
  const log = (...x: unknown[]) => console.log(Date.now() - t0, ...x);
  const engine = await startEngine({ dataDir });
  const runtime = await createLocalRuntime({ dataDir, instance: 'vmdev', engineUrl: engine.url, builtinImages: { cacheDir: '/work/main/.cache' },
    diskImages: { openUpload: async () => ({ stream: (await import('node:fs')).createReadStream('/tmp/vmdev/hello.bin') }) } });
  log(runtime.facts);
  const sha256 = (await import('node:crypto')).createHash('sha256').update((await import('node:fs')).readFileSync('/tmp/vmdev/hello.bin')).digest('hex');
  const image = { id: 'hello', name: 'hello', kind: 'disk' as const, source: { kind: 'upload' as const, blob: 'x', sha256 } };
  for (;;) { const o = await runtime.ensureImage(image); if (o.state !== 'importing') break; await delay(200); }
  const session = { sessionId: randomUUID(), generation: 1, networks: [{ name: 'lan', internet: false }], systems: [
    { kind: 'vm' as const, name: 'server', title: 's', networks: ['lan'], forwarding: false, cpus: 1, memoryBytes: 128 * 2**20, access: [{ kind: 'serial' as const, name: 'console' }], ready: { timeoutS: 60 }, firmware: 'bios' as const, runStrategy: 'always' as const,
      disks: [{ kind: 'image' as const, name: 'root', bus: 'virtio' as const, persistent: false, image }] } ] };
  try {
    await runtime.apply(session); log('applied');
    for (let i = 0; i < 40; i++) { const o = (await runtime.observe(session)).systems[0]!; log(JSON.stringify(o)); if (o.state === 'ready' || o.state === 'broken') break; await delay(250); }
    const { execSync } = await import('node:child_process');
    console.log(execSync(`ls -la ${dataDir}/sessions/*/server ${dataDir}/sessions/*/server/*; cat ${dataDir}/sessions/*/server/run/*.log | head -c 2000; ps axo pid,user,args | grep -E "qemu|dnsmasq" | head`).toString());
  } finally { log(await runtime.remove(session.sessionId)); await runtime.close(); await engine.stop(); }
}, 120_000);
