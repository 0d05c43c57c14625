import type { ConsoleControl } from '@lab-orchestrator/contracts';

/** What the stream needs of xterm.js. */
export interface Screen {
  write(data: Uint8Array | string, done?: () => void): void;
}
interface Options {
  screen: Screen;
  onControl: (message: ConsoleControl) => void;
  /** Bytes of new output, not of the replayed screen. */
  onOutput: () => void;
  onOverflow: () => void;
}

/** Written like output, so that it takes effect in the order of drawing. */
const FULL_RESET = '\u001bc';
/** Output that waits to be drawn. Past this the connection is given up and the screen read again. */
const MAX_WAITING_BYTES = 8 * 1024 * 1024;

/**
 * Draws what a terminal's socket brings. Between `replay` and `live` the bytes are the stored screen: queries in them
 * were answered long ago, so nothing the terminal says while it draws them may reach the system.
 */
export class TerminalStream {
  readonly #options: Options;
  #waiting = 0;
  #replaying = false;
  /** Whether what is being drawn just now is a replay; changes in the order of drawing, not of arrival. */
  #drawingReplay = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** A new connection: what the last one left unfinished does not count. */
  restart(): void {
    this.#replaying = false;
    this.#drawingReplay = false;
  }

  /** Whether input may go out. */
  get live(): boolean {
    return !this.#replaying && !this.#drawingReplay;
  }

  receive(data: unknown): void {
    if (data instanceof ArrayBuffer) this.#draw(new Uint8Array(data));
    else if (typeof data === 'string') this.#control(data);
  }

  #draw(bytes: Uint8Array) {
    if (this.#waiting + bytes.length > MAX_WAITING_BYTES) {
      this.#options.onOverflow();
      return;
    }
    this.#waiting += bytes.length;
    if (!this.#replaying) this.#options.onOutput();
    this.#options.screen.write(bytes, () => {
      this.#waiting -= bytes.length;
    });
  }

  #control(text: string) {
    const message = controlOf(text);
    if (message === undefined) return;
    if (message.type === 'replay') {
      this.#replaying = true;
      this.#drawingReplay = true;
      this.#options.screen.write(FULL_RESET);
    } else if (message.type === 'live') {
      this.#replaying = false;
      this.#options.screen.write('', () => (this.#drawingReplay = false));
    }
    this.#options.onControl(message);
  }
}

const types = new Set(['resize', 'exit', 'viewers', 'replay', 'live']);

/** Control messages come from our own server; a newer one may know more of them. */
export function controlOf(text: string): ConsoleControl | undefined {
  try {
    const message: ConsoleControl = JSON.parse(text);
    return typeof message === 'object' && message !== null && types.has(message.type) ? message : undefined;
  } catch {
    return undefined;
  }
}

/** Control characters, but for those that only part words and lines. */
const unsafe = /[^\P{Control}\t\n\r]/gu;

/** Text for the terminal from outside: control characters could run commands or end a bracketed paste. */
export const safePaste = (text: string): string => text.replaceAll(unsafe, '');
