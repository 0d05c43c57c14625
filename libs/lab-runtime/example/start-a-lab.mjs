// Starts one container on its own network, asks it a question, and removes everything. After `npm run build`:
//   node libs/lab-runtime/example/start-a-lab.mjs
import { createLocalRuntime } from '@lab-orchestrator/lab-runtime';

const runtime = await createLocalRuntime({
  dataDir: '.data/example',
  instance: 'example',
  builtinImages: { cacheDir: '.cache' },
});
const image = { id: 'terminal', name: 'terminal', kind: 'container', source: { kind: 'builtin', name: 'terminal' } };
const access = [{ name: 'shell', kind: 'terminal', command: ['bash', '-l'] }];
const about = {
  kind: 'container',
  image,
  networks: ['lan'],
  forwarding: false,
  root: false,
  cpus: 0.25,
  memoryBytes: 128 * 2 ** 20,
};
const session = {
  sessionId: crypto.randomUUID(),
  generation: 1,
  networks: [{ name: 'lan', internet: false }],
  systems: [
    { ...about, name: 'attacker', title: 'Workstation', access, ready: { timeoutS: 60 }, environment: {}, files: [] },
  ],
};

const pause = () => new Promise((resolve) => setTimeout(resolve, 200));
while ((await runtime.ensureImage(image)).state !== 'ready') await pause();
await runtime.apply(session);
while ((await runtime.observe(session)).systems.some(({ state }) => state !== 'ready')) await pause();
const target = { sessionId: session.sessionId, system: 'attacker' };
console.log(await runtime.exec(target, ['uname', '-a'], { timeoutMs: 10_000 }));
while (!(await runtime.remove(session.sessionId)).gone) await pause();
await runtime.close();
