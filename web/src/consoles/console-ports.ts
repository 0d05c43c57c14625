/** What other parts of the page may do with an open console. Each method tells whether it was done. */
export interface ConsolePort {
  kind: 'terminal' | 'desktop';
  /** Connected, drawn, and allowed to type. */
  ready: () => boolean;
  /** Puts text where the cursor is, never with a Return of its own; a desktop gets it on its clipboard. */
  paste: (text: string) => boolean;
  /** Presses Return. */
  enter: () => boolean;
  focus: () => void;
}

const LOOK_EVERY_MS = 50;

/** The consoles that are open in this window, by tab: `system/access`. */
export class ConsolePorts {
  readonly #ports = new Map<string, ConsolePort>();
  #bringToFront: (tab: string) => void = () => undefined;

  /** The workspace says how a tab comes to the front. */
  broughtToFrontBy(bring: (tab: string) => void): void {
    this.#bringToFront = bring;
  }

  bringToFront(tab: string): void {
    this.#bringToFront(tab);
  }

  register(tab: string, port: ConsolePort): () => void {
    this.#ports.set(tab, port);
    return () => {
      if (this.#ports.get(tab) === port) this.#ports.delete(tab);
    };
  }

  get(tab: string): ConsolePort | undefined {
    return this.#ports.get(tab);
  }

  /** Waits for a console that is just being opened. */
  async whenReady(tab: string, withinMs: number): Promise<ConsolePort | undefined> {
    const until = Date.now() + withinMs;
    for (;;) {
      const port = this.#ports.get(tab);
      if (port?.ready() === true) return port;
      if (Date.now() >= until) return undefined;
      // oxlint-disable-next-line no-await-in-loop
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
}
