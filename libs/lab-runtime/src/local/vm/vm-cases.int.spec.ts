import Docker from 'dockerode';
import { afterAll, beforeAll } from 'vitest';
import type { ConformanceSubject } from '../../conformance/subject.js';
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
  const terminal = {
    id: 'terminal',
    name: 'Terminal',
    kind: 'container',
    source: { kind: 'builtin', name: 'terminal' },
  } as const;
  subject = {
    runtime,
    second: runtime,
    image: terminal,
    missingImage: { ...terminal, source: { kind: 'container', reference: 'localhost:9/no/such:image' } },
    forbidden: [],
    disks: { small: { id: 'small-vm', name: 'Small VM', kind: 'disk', source: { kind: 'builtin', name: 'small-vm' } } },
    leftovers: async (sessionId) => {
      const filters = { label: [`lab-orchestrator.session=${sessionId}`] };
      return (await docker.listContainers({ all: true, filters })).map(({ Id }) => Id);
    },
  };
  while ((await runtime.ensureImage(terminal)).state !== 'ready') await new Promise((done) => setTimeout(done, 200));
}, 600_000);
afterAll(() => lab.end());

describeVmCases(() => subject);
