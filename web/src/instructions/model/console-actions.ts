import type { ConsolePorts } from '../../consoles/console-ports.js';

/** Why a click had no effect. */
export type Failure = 'noWorkspace' | 'notConnected';
export type Outcome = 'done' | Failure;

/** What instructions do to the systems. In a window of its own they ask the workspace to do it. */
export interface ConsoleActions {
  /** Brings a tab to the front. */
  show: (tab: string) => Promise<Outcome>;
  /** Types a line into a terminal, once; without Return when `enter` is false. */
  type: (tab: string, text: string, enter: boolean) => Promise<Outcome>;
  /** Gives a system a text: on its clipboard, or pasted where the cursor is. */
  give: (tab: string, text: string) => Promise<Outcome>;
}

/** A console that was not open connects in this time, or the click has failed. */
const OPENS_WITHIN_MS = 15_000;

/** Acts on the consoles of this window. */
export function localActions(ports: ConsolePorts, withinMs = OPENS_WITHIN_MS): ConsoleActions {
  const opened = (tab: string) => {
    ports.bringToFront(tab);
    return ports.whenReady(tab, withinMs);
  };
  return {
    show: (tab) => {
      ports.bringToFront(tab);
      return Promise.resolve('done');
    },
    type: async (tab, text, enter) => {
      const port = await opened(tab);
      if (port === undefined || !port.paste(text) || (enter && !port.enter())) return 'notConnected';
      // A line that waits for its end is finished by hand.
      if (!enter) port.focus();
      return 'done';
    },
    give: async (tab, text) => {
      const port = await opened(tab);
      return port?.paste(text) === true ? 'done' : 'notConnected';
    },
  };
}
