/** The names of what is cached; a shorter key stands for all that begin with it. */
export const keys = {
  me: () => ['me'] as const,
  session: (sessionId: string) => ['session', sessionId] as const,
  sessionLog: (sessionId: string) => ['session-log', sessionId] as const,
  /** What is read of a session's instructions; `part` is `overview`, or `page` with its name. */
  instructions: (sessionId: string, ...part: (string | undefined)[]) => ['instructions', sessionId, ...part] as const,
  progress: (filter?: object) => (filter === undefined ? (['progress'] as const) : (['progress', filter] as const)),
  labFile: (labId: string, version: number, path: string) => ['lab-file', labId, version, path] as const,
  members: (sessionId: string) => ['members', sessionId] as const,
  sessions: (filter?: object) => (filter === undefined ? (['sessions'] as const) : (['sessions', filter] as const)),
  labs: (filter?: object) => (filter === undefined ? (['labs'] as const) : (['labs', filter] as const)),
  lab: (labId: string) => ['labs', 'one', labId] as const,
  /** The sources of a version as the editor opens them. */
  labSources: (labId: string, version?: number) => ['lab-sources', labId, version] as const,
  labVersions: (labId: string) => ['labs', 'versions', labId] as const,
  imageKinds: () => ['images', 'kinds'] as const,
  images: (filter?: object) => (filter === undefined ? (['images'] as const) : (['images', filter] as const)),
  users: (filter?: object) => (filter === undefined ? (['users'] as const) : (['users', filter] as const)),
  tokens: () => ['tokens'] as const,
  audit: (filter: object) => ['audit', filter] as const,
  quotas: () => ['quotas'] as const,
  capacity: () => ['capacity'] as const,
  stuck: () => ['stuck'] as const,
};
