import { ids, member, quota, session } from './sample-objects.js';

const accepted = { reply: { accepted: true } } as const;

export const sessionExamples = {
  startSession: { body: { labId: ids.lab }, reply: session },
  listSessions: { reply: { items: [session] } },
  getSession: { reply: session },
  pauseSession: accepted,
  resumeSession: accepted,
  extendSession: accepted,
  endSession: accepted,
  retrySession: accepted,
  restartSystem: accepted,
  listMembers: { reply: { items: [member] } },
  putMember: { body: { role: member.role }, reply: member },
  deleteMember: { reply: {} },
  getCredentials: { reply: { username: 'lab', password: 'shown-in-the-lab' } },
  openConsole: {
    body: { system: 'desk', access: 'shell', mode: 'control' },
    reply: {
      url: `wss://labs.example.org/consoles/${ids.session}`,
      protocol: 'terminal',
      ticket: 'one-use-30-seconds',
      expiresInS: 30,
    },
  },
  getSessionLog: { reply: { items: [{ at: session.createdAt, text: 'Started.', code: 'requested' }] } },
  listQuotas: { reply: { items: [quota] } },
  putQuota: { body: { sessions: 2, cpus: null, memoryBytes: null }, reply: quota },
  getCapacity: {
    reply: {
      cpus: { total: 64, free: 20.5 },
      memoryBytes: { total: 274_877_906_944, free: 85_899_345_920 },
      labCpus: { total: 256, free: 82 },
      nodes: [
        {
          name: 'node-1',
          cpusFree: 20.5,
          labCpus: { total: 256, free: 82 },
          memoryTotalBytes: 274_877_906_944,
          memoryFreeBytes: 85_899_345_920,
        },
      ],
      features: {
        vms: true,
        kvm: true,
        forwarding: true,
        internet: true,
        userNamespaces: false,
        snapshots: false,
        freezesContainers: true,
      },
    },
  },
  listStuckSessions: {
    reply: {
      items: [
        {
          sessionId: ids.session,
          since: session.createdAt,
          what: 'Its removal is held.',
          cause: 'ConfigMap/held is held by example.org/hold',
          advice: 'See to whatever that waits for, or force the removal.',
          canForce: true,
        },
      ],
    },
  },
  forceRemoval: {
    reply: { taken: [{ kind: 'ConfigMap', name: 'held', finalizers: ['example.org/hold'] }], left: [] },
  },
} as const;
