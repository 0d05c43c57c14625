/** The names of what is cached; a shorter key stands for all that begin with it. */
export const keys = {
  me: () => ['me'] as const,
  session: (sessionId: string) => ['session', sessionId] as const,
  sessionLog: (sessionId: string) => ['session-log', sessionId] as const,
  members: (sessionId: string) => ['members', sessionId] as const,
  sessions: (filter?: object) => (filter === undefined ? (['sessions'] as const) : (['sessions', filter] as const)),
  labs: (filter?: object) => (filter === undefined ? (['labs'] as const) : (['labs', filter] as const)),
  lab: (labId: string) => ['labs', 'one', labId] as const,
  labVersions: (labId: string) => ['labs', 'versions', labId] as const,
  images: (filter?: object) => (filter === undefined ? (['images'] as const) : (['images', filter] as const)),
  users: (filter?: object) => (filter === undefined ? (['users'] as const) : (['users', filter] as const)),
  tokens: () => ['tokens'] as const,
  audit: (filter: object) => ['audit', filter] as const,
  quotas: () => ['quotas'] as const,
  capacity: () => ['capacity'] as const,
  stuck: () => ['stuck'] as const,
};
