/** A server of our own on 127.0.0.1. It never outlives the process that started it. */
export interface PrivateService {
  /** How clients reach it, with the password where it has one. It stays the same over a restart. */
  readonly url: string;
  readonly port: number;
  /** The process to pause or to watch; undefined while it is down. */
  readonly pid: number | undefined;
  /** Ends it in order. A temporary data folder goes with it. */
  stop(): Promise<void>;
  /** SIGKILL, as a power cut would do. The data stays for `restart`. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data, stopping it first where it runs. */
  restart(): Promise<void>;
}

export interface PrivateServiceOptions {
  /** Kept after `stop`. Without it: a temporary folder, removed by `stop`. */
  dataDir?: string;
  /** Without it, a free port is taken. */
  port?: number;
  /** Called when it ends although nobody asked for it. */
  onUnexpectedExit?: (how: string) => void;
  /** Receives everything it prints. */
  onOutput?: (chunk: Buffer) => void;
}
