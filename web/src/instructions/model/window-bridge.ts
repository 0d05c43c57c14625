import type { ConsoleActions, Outcome } from './console-actions.js';

type Wish =
  | { do: 'show'; tab: string }
  | { do: 'type'; tab: string; text: string; enter: boolean }
  | {
      do: 'give';
      tab: string;
      text: string;
    };
type Message =
  | { kind: 'ask'; id: string; wish: Wish }
  /** A workspace took it up; what follows may take a while. */
  | { kind: 'taken'; id: string }
  | { kind: 'answer'; id: string; outcome: Outcome }
  | { kind: 'detached'; open: boolean }
  /** The instructions come back into the workspace. */
  | { kind: 'attach' }
  | { kind: 'whoIsThere' };

const nameOf = (sessionId: string) => `lab.instructions.${sessionId}`;
/** A workspace in the background answers slower, but it answers. */
const TAKEN_WITHIN_MS = 2_000;

const perform = (actions: ConsoleActions, wish: Wish): Promise<Outcome> => {
  switch (wish.do) {
    case 'show':
      return actions.show(wish.tab);
    case 'type':
      return actions.type(wish.tab, wish.text, wish.enter);
    default:
      return actions.give(wish.tab, wish.text);
  }
};

/** Instructions in a window of their own: the workspace of the session acts for them. Only this origin can speak here. */
export function remoteActions(
  sessionId: string,
  onAttach: () => void,
  takenWithinMs = TAKEN_WITHIN_MS,
): ConsoleActions & { close: () => void } {
  const channel = new BroadcastChannel(nameOf(sessionId));
  const waiting = new Map<string, { taken: () => void; answer: (outcome: Outcome) => void }>();
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'taken') waiting.get(data.id)?.taken();
    if (data.kind === 'answer') waiting.get(data.id)?.answer(data.outcome);
    if (data.kind === 'whoIsThere') tell(true);
    if (data.kind === 'attach') onAttach();
  });
  let closed = false;
  const tell = (open: boolean) => {
    if (!closed) channel.postMessage({ kind: 'detached', open } satisfies Message);
  };
  const ask = (wish: Wish) =>
    new Promise<Outcome>((resolve) => {
      const id = crypto.randomUUID();
      const answer = (outcome: Outcome) => {
        clearTimeout(timer);
        waiting.delete(id);
        resolve(outcome);
      };
      const timer = setTimeout(() => answer('noWorkspace'), takenWithinMs);
      waiting.set(id, { taken: () => clearTimeout(timer), answer });
      channel.postMessage({ kind: 'ask', id, wish } satisfies Message);
    });
  tell(true);
  const leave = () => tell(false);
  addEventListener('pagehide', leave);
  return {
    show: (tab) => ask({ do: 'show', tab }),
    type: (tab, text, enter) => ask({ do: 'type', tab, text, enter }),
    give: (tab, text) => ask({ do: 'give', tab, text }),
    close: () => {
      leave();
      removeEventListener('pagehide', leave);
      closed = true;
      for (const { answer } of waiting.values()) answer('noWorkspace');
      channel.close();
    },
  };
}

interface Served {
  actions: ConsoleActions;
  /** Whether the instructions are in a window of their own just now. */
  onDetached: (open: boolean) => void;
}

/**
 * Answers for this workspace. A session may be open in several windows: the one that was used last answers, and only
 * that one, so that a click types once.
 */
export function serveWorkspace(
  sessionId: string,
  { actions, onDetached }: Served,
): { attach: () => void; close: () => void } {
  const channel = new BroadcastChannel(nameOf(sessionId));
  let closed = false;
  const lead = leadership(`${nameOf(sessionId)}.workspace`);
  const onMessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'detached') onDetached(data.open);
    if (data.kind !== 'ask' || !lead.held()) return;
    const { id, wish } = data;
    channel.postMessage({ kind: 'taken', id } satisfies Message);
    const answer = (outcome: Outcome) => {
      // It may have been closed while a terminal connected.
      if (!closed) channel.postMessage({ kind: 'answer', id, outcome } satisfies Message);
    };
    perform(actions, wish).then(answer, () => answer('notConnected'));
  };
  channel.addEventListener('message', onMessage);
  channel.postMessage({ kind: 'whoIsThere' } satisfies Message);
  return {
    attach: () => channel.postMessage({ kind: 'attach' } satisfies Message),
    close: () => {
      closed = true;
      lead.stop();
      channel.close();
    },
  };
}

/** Held by one window at a time: the first, then whichever gets the focus. */
function leadership(name: string) {
  const ended = new AbortController();
  const locks = 'locks' in navigator ? navigator.locks : undefined;
  let holds = locks === undefined;
  let queued = false;
  const hold = () => {
    holds = true;
    return new Promise<void>((resolve) => ended.signal.addEventListener('abort', () => resolve()));
  };
  /** Takes over from a window that closes. */
  const queue = () => {
    if (queued || ended.signal.aborted) return;
    queued = true;
    void locks
      ?.request(name, { signal: ended.signal }, hold)
      .catch(lost)
      .finally(() => (queued = false));
  };
  const lost = () => {
    holds = false;
    setTimeout(queue, 0);
  };
  const onFocus = () => {
    if (!holds && !ended.signal.aborted) void locks?.request(name, { steal: true }, hold).catch(lost);
  };
  addEventListener('focus', onFocus);
  if (document.hasFocus()) onFocus();
  else queue();
  return {
    held: () => holds,
    stop: () => {
      holds = false;
      ended.abort();
      removeEventListener('focus', onFocus);
    },
  };
}
