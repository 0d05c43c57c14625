import type { Image, Lab, Session } from '@lab-orchestrator/contracts';

const at = '2026-03-02T08:00:00.000Z';
const ownerId = '4b1f6c1e-52a7-4d0e-9a43-6f0d0b8f7c11';

/** What lab-service would answer. For specs. */
export const lab: Lab = {
  id: 'a2d1c9e0-8f3b-4f6a-9b57-1c7e5d3a2b44',
  slug: 'first-steps',
  title: 'First steps',
  summary: '',
  level: 'beginner',
  durationS: 2700,
  tags: [],
  languages: ['en'],
  visibility: 'public',
  archived: false,
  ownerId,
  version: 3,
  systems: [],
  networks: [],
  needs: { cpus: 1, memoryBytes: 1, vms: 0, containers: 1 },
  rules: { deadlineS: 7200, idleS: 1800, extendByS: 1800, extensions: 2, pause: true },
  revision: 5,
  createdAt: at,
  updatedAt: at,
};

export const session: Session = {
  id: '7a0f3c3e-58a4-4f5c-9f57-0d7e2a1f9b11',
  lab: { id: lab.id, version: 3, title: lab.title, slug: lab.slug },
  ownerId,
  ownerName: 'Learner',
  desired: 'running',
  phase: 'requested',
  systems: [],
  createdAt: at,
  deadlineAt: '2026-03-02T10:00:00.000Z',
  extensionsLeft: 2,
  extendByS: 1800,
  canPause: true,
  pauseLoses: [],
  generation: 1,
  role: 'owner',
};

export const image: Image = {
  id: 'debian',
  name: 'debian',
  title: 'Debian',
  kind: 'disk',
  source: { kind: 'upload', blob: 'b', sha256: '0'.repeat(64) },
  state: 'importing',
  usedByLabs: 0,
  createdAt: at,
  updatedAt: at,
};
