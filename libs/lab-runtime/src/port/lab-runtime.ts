import type { Duplex } from 'node:stream';
import type {
  Capacity,
  ImageObservation,
  ImageSpec,
  SessionObservation,
  SessionSpec,
} from '@lab-orchestrator/contracts';

/** One system of one session. */
export type SystemRef = { sessionId: string; system: string };

/** What a console connects to: one access entry of a system, resolved by the caller. */
export type ConsoleTarget = SystemRef &
  (
    | { channel: 'terminal'; command: string[]; user?: string; columns: number; rows: number }
    | { channel: 'serial' }
    | { channel: 'desktop' }
    | { channel: 'port'; port: number }
  );

/** An open console. Bytes both ways, back-pressure by the stream's own rules; `destroy()` lets go of it. */
export type Console = Duplex & {
  /** Only for `terminal`; a no-op elsewhere. */
  resize(columns: number, rows: number): Promise<void>;
  /** Resolves when a terminal's process ends, with its exit code; undefined for other channels or when lost. */
  readonly exited: Promise<number | undefined>;
};

export type ExecOptions = {
  timeoutMs: number;
  user?: string;
  /** Both outputs together; 1 MiB unless told. */
  maxOutputBytes?: number;
  /** What the command reads from its standard input, which then ends; without it, it is empty. */
  stdin?: string | Buffer;
  signal?: AbortSignal;
};
export type ExecResult = {
  exitCode: number | null;
  stdout: string;
  stderr: string;
  timedOut: boolean;
  truncated: boolean;
};

/** Options that travel with a call, for logs and cancellation. */
export type CallOptions = { correlationId?: string; signal?: AbortSignal };

/** `hibernate`: shuts machines down at once whose disks all last, where the runtime can. */
export type PauseOptions = CallOptions & { hibernate?: boolean };

/** How far a removal is. */
export type Removal = {
  /** True once nothing is left. */
  gone: boolean;
  remaining: string[];
  /** Since when it is under way, once that is unusually long: `remaining` then says in words what holds it. */
  heldSince?: Date;
};

/** An object that does not go, and what it waits for. */
export type HeldObject = { kind: string; name: string; finalizers: string[] };

/** What a forced removal let go of, and what it could not. */
export type ForcedRemoval = { taken: HeldObject[]; left: string[] };

/** Writes down that the finalizers of this object are taken from it, before they are; when it fails, they are not. */
export type AuditTaking = (object: HeldObject) => Promise<void>;

/**
 * Runs lab sessions somewhere: one engine, one cluster. Every method may be called again at any time and from
 * several processes; names and labels are computed, so a second call finds the first one's work.
 */
export interface LabRuntime {
  /** Creates what is missing of the session, isolation first. Returns once everything is requested, not once it is ready. */
  apply(session: SessionSpec, options?: CallOptions): Promise<void>;
  /** The state of each system of the wanted session. A read that fails throws; it never means "gone". */
  observe(session: SessionSpec, options?: CallOptions): Promise<SessionObservation>;
  /** Removes everything of the session, by labels alone. */
  remove(sessionId: string, options?: CallOptions): Promise<Removal>;
  /**
   * Lets go of what holds a removal, only on a person's wish; missing where nothing outside can hold one. `invalid_spec`
   * for a session that is not removed, or not held.
   */
  forceRemove?(sessionId: string, audit: AuditTaking): Promise<ForcedRemoval>;
  /**
   * Freezes all systems; `capacity().features` says which lose what. Repeats are harmless, cheap, and due: a runtime that
   * shuts frozen machines down after a time does so when it is asked again.
   */
  pause(sessionId: string, options?: PauseOptions): Promise<void>;
  resume(sessionId: string, options?: CallOptions): Promise<void>;
  /** Restarts one system in place (its disks are kept). */
  restart(target: SystemRef, options?: CallOptions): Promise<void>;
  /** Ids of every session it holds anything of, for orphan collection. */
  sessions(): Promise<string[]>;
  /** Calls back when something of a session changed. A hint, never the truth; may be late, doubled or missing. */
  watch(onChange: (sessionId: string) => void): Disposable;
  /** Starts the import when it is not there, and tells how far it is. Concurrent calls share one import. */
  ensureImage(image: ImageSpec, options?: CallOptions): Promise<ImageObservation>;
  /** Images it holds (ids). */
  images(): Promise<string[]>;
  removeImage(imageId: string): Promise<void>;
  open(target: ConsoleTarget, options?: CallOptions): Promise<Console>;
  exec(target: SystemRef, command: string[], options: ExecOptions): Promise<ExecResult>;
  /** Names a point to return to; `unsupported` where the runtime cannot. */
  snapshot(target: SystemRef, name: string): Promise<void>;
  restore(target: SystemRef, name: string): Promise<void>;
  capacity(): Promise<Capacity>;
  /** Stops watching and lets go of connections; sessions keep running. */
  close(): Promise<void>;
}

/** The part of a runtime that consoles need. */
export type Consoles = Pick<LabRuntime, 'open' | 'exec' | 'close'>;
