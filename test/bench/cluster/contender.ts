/** Starts and removes sessions; what is compared does both in its own way. */
export interface Contender {
  name: string;
  /** Makes a session's objects; `ready` resolves once all of its systems are. */
  start(): Promise<Life>;
}

export interface Life {
  sessionId: string;
  ready: Promise<unknown>;
  /** Resolves when nothing is left of it. */
  end(): Promise<void>;
}
