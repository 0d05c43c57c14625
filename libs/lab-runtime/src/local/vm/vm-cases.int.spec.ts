import Docker from 'dockerode';
import { afterAll, beforeAll } from 'vitest';
import { type ConformanceSubject, missingImage, smallDisk, terminalImage } from '../../conformance/subject.js';
import { describeVmCases } from '../../conformance/vm-cases.js';
import { socketOf } from '../engine/engine-client.js';
import { imagesOf } from '../testing/built-images.js';
import { type VmLab, cacheDir, vmLab } from './testing/vm-lab.js';

let lab: VmLab;
let subject: ConformanceSubject;

beforeAll(async () => {
  await imagesOf(cacheDir, ['terminal', 'vm-launcher', 'small-vm']);
  lab = await vmLab();
  const { runtime } = lab;
  const docker = new Docker({ socketPath: socketOf(lab.engineUrl) });
  subject = {
    runtime,
    second: runtime,
    image: terminalImage,
    missingImage,
    forbidden: [],
    disks: { small: smallDisk },
    leftovers: async (sessionId) => {
      const filters = { label: [`lab-orchestrator.session=${sessionId}`] };
      return (await docker.listContainers({ all: true, filters })).map(({ Id }) => Id);
    },
  };
  while ((await runtime.ensureImage(terminalImage)).state !== 'ready')
    await new Promise((done) => setTimeout(done, 200));
}, 600_000);
afterAll(() => lab.end());

describeVmCases(() => subject);
