import { resolve } from 'node:path';
import Docker from 'dockerode';
import { describeRuntime } from '../conformance/index.js';
import { removed } from '../conformance/steps.js';
import { missingImage, terminalImage } from '../conformance/subject.js';
import { platformService } from '../testing/platform-service.js';
import { createLocalRuntime } from './create-local-runtime.js';
import { socketOf } from './engine/engine-client.js';
import { imagesOf } from './testing/built-images.js';
import { monitorsOf } from './testing/monitors.js';
import { testEngine } from './testing/test-engine.js';

const cacheDir = resolve(import.meta.dirname, '../../../../.cache');

describeRuntime('local runtime', async () => {
  await imagesOf(cacheDir, ['terminal']);
  const engine = await testEngine(cacheDir);
  const instance = `t${process.pid}`;
  const options = { dataDir: engine.dataDir, instance, engineUrl: engine.url, builtinImages: { cacheDir } };
  const [runtime, second] = [await createLocalRuntime(options), await createLocalRuntime(options)];
  const service = await platformService();
  const docker = new Docker({ socketPath: socketOf(engine.url) });
  while ((await runtime.ensureImage(terminalImage)).state !== 'ready')
    await new Promise((done) => setTimeout(done, 200));

  return {
    subject: {
      runtime,
      second,
      image: terminalImage,
      missingImage,
      forbidden: service.forbidden,
      leftovers: async (sessionId) => {
        const filters = { label: [`lab-orchestrator.session=${sessionId}`] };
        const [containers, networks] = [
          await docker.listContainers({ all: true, filters }),
          await docker.listNetworks({ filters }),
        ];
        const monitors = await monitorsOf(sessionId);
        return [...containers.map(({ Id }) => Id), ...networks.map(({ Name }) => Name), ...monitors];
      },
    },
    stop: async () => {
      for (const sessionId of await runtime.sessions()) await removed(runtime, sessionId);
      await runtime.uninstall();
      await Promise.all([runtime.close(), second.close()]);
      service.close();
      await engine.stop();
    },
  };
});
