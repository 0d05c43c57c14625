/** What the examples of the API reference show: one small course with made-up, speaking values. */
const at = '2026-03-02T08:00:00.000Z';
const inAnHour = '2026-03-02T09:00:00.000Z';

export const ids = {
  user: '4b1f6c1e-52a7-4d0e-9a43-6f0d0b8f7c11',
  lab: 'a2d1c9e0-8f3b-4f6a-9b57-1c7e5d3a2b44',
  session: '7a0f3c3e-58a4-4f5c-9f57-0d7e2a1f9b11',
  token: 'c0a8012e-1d2f-4a3b-8c4d-5e6f70819203',
  entry: '0d9e7f1a-2b3c-4d5e-8f90-a1b2c3d4e5f6',
};

export const user = {
  id: ids.user,
  username: 'student01',
  displayName: 'Student 01',
  email: 'student01@example.org',
  role: 'learner',
  disabled: false,
  preferences: { language: 'en' },
  createdAt: at,
  lastLoginAt: at,
} as const;

export const invitation = { url: 'https://labs.example.org/invitation#q7Wn…', expiresAt: '2026-03-09T08:00:00.000Z' };

export const apiToken = {
  id: ids.token,
  name: 'course scripts',
  scopes: ['read', 'sessions'],
  createdAt: at,
  expiresAt: '2026-05-31T08:00:00.000Z',
} as const;

export const auditEntry = {
  id: ids.entry,
  at,
  actorId: ids.user,
  actorName: 'student01',
  action: 'startSession',
  target: `sessions/${ids.session}`,
  outcome: 'ok',
  address: '192.0.2.7',
  requestId: 'b7f0c6d2-3a51-4c8e-9e0f-2d4b6a8c0e1f',
} as const;

export const lab = {
  id: ids.lab,
  slug: 'first-steps',
  title: 'First steps on a shell',
  summary: 'Move around, look at files, find help.',
  level: 'beginner',
  durationS: 2700,
  tags: ['linux'],
  languages: ['en'],
  visibility: 'public',
  archived: false,
  ownerId: ids.user,
  version: 3,
  systems: [
    {
      name: 'desk',
      title: 'Desk',
      kind: 'container',
      image: 'builtin:terminal',
      networks: ['lan'],
      access: [{ name: 'shell', kind: 'terminal' }],
    },
  ],
  networks: [{ name: 'lan', internet: false }],
  needs: { cpus: 0.5, memoryBytes: 268_435_456, vms: 0, containers: 1 },
  rules: { deadlineS: 7200, idleS: 1800, extendByS: 1800, extensions: 2, pause: true },
  revision: 5,
  createdAt: at,
  updatedAt: at,
} as const;

export const labVersion = {
  labId: ids.lab,
  version: 3,
  digest: 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  title: lab.title,
  createdAt: at,
  createdById: ids.user,
  source: 'upload',
} as const;

export const image = {
  id: 'debian-12',
  name: 'debian-12',
  title: 'Debian 12',
  kind: 'container',
  source: { kind: 'container', reference: 'docker.io/library/debian:12' },
  state: 'ready',
  usedByLabs: 2,
  createdAt: at,
  updatedAt: at,
} as const;

export const session = {
  id: ids.session,
  lab: { id: ids.lab, version: 3, title: lab.title, slug: lab.slug },
  ownerId: ids.user,
  ownerName: user.displayName,
  desired: 'running',
  phase: 'provisioning',
  systems: [
    {
      name: 'desk',
      title: 'Desk',
      kind: 'container',
      stage: 'boot',
      state: 'starting',
      access: [{ name: 'shell', kind: 'terminal' }],
      hasCredentials: false,
    },
  ],
  createdAt: at,
  deadlineAt: inAnHour,
  extensionsLeft: 2,
  extendByS: 1800,
  canPause: true,
  pauseLoses: [],
  generation: 1,
  role: 'owner',
} as const;

export const member = { userId: ids.user, displayName: user.displayName, role: 'operator' } as const;
export const quota = { scope: 'user', sessions: 2, cpus: null, memoryBytes: null };
