/** States as the engine names them (Docker's words; Podman's are mapped to them). */
export const engineStates = ['created', 'running', 'paused', 'restarting', 'exited', 'removing', 'dead'] as const;
export type EngineState = (typeof engineStates)[number];

/** What the engine says about the container of one system. */
export type ContainerFacts = {
  id: string;
  name: string;
  sessionId: string;
  system: string;
  kind: 'container' | 'vm';
  generation: number;
  /** Root inside is nobody outside. */
  userNamespace: boolean;
  state: EngineState;
  /** What it may use at most. */
  cpus: number;
  memoryBytes: number;
  /** Set when it is not running. */
  exitCode?: number;
  oomKilled: boolean;
  /** How often the engine restarted it after a crash. */
  restarts: number;
  /** Start of the current run, in milliseconds since the epoch. */
  startedAtMs?: number;
  /** Address by lab network, as planned (the engine gives exactly these). */
  addresses: Record<string, string>;
};
