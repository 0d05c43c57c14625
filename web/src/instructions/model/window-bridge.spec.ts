// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConsoleActions } from './console-actions.js';
import { remoteActions, serveWorkspace } from './window-bridge.js';

const SESSION = crypto.randomUUID();
const closers: (() => void)[] = [];

/** Windows of a browser, as far as the bridge asks for them; the channel is a real one. */
beforeEach(() => {
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('document', { hasFocus: () => true });
});
afterEach(() => {
  for (const close of closers.splice(0)) close();
  vi.unstubAllGlobals();
});

function opened(delayMs = 0) {
  const typed: string[] = [];
  const actions: ConsoleActions = {
    show: () => Promise.resolve('done'),
    type: async (tab, text, enter) => {
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      typed.push(`${tab} ${text}${enter ? '\r' : ''}`);
      return 'done';
    },
    give: () => Promise.resolve('notConnected'),
  };
  const detached: boolean[] = [];
  const served = serveWorkspace(SESSION, { actions, onDetached: (open) => detached.push(open) });
  closers.push(served.close);
  return { typed, detached, served };
}
function popOut(onAttach = () => undefined, takenWithinMs = 300) {
  const remote = remoteActions(SESSION, onAttach, takenWithinMs);
  closers.push(remote.close);
  return remote;
}

describe('instructions in a window of their own', () => {
  it('type into the terminal of the workspace', async () => {
    const { typed, detached } = opened();
    const remote = popOut();
    expect(await remote.type('attacker/shell', 'ls', true)).toBe('done');
    expect(typed).toEqual(['attacker/shell ls\r']);
    expect(detached).toContain(true);
  });

  it('pass on why it did not work', async () => {
    opened();
    expect(await popOut().give('desk/screen', 'text')).toBe('notConnected');
  });

  it('wait for a workspace that took it up, however long its terminal needs', async () => {
    const { typed } = opened(600);
    expect(await popOut().type('attacker/shell', 'ls', false)).toBe('done');
    expect(typed).toEqual(['attacker/shell ls']);
  });

  it('say that there is no workspace', async () => {
    expect(await popOut().type('attacker/shell', 'ls', true)).toBe('noWorkspace');
  });

  it('are found by a workspace that is opened after them, and come back when it asks', async () => {
    let asked = 0;
    popOut(() => void (asked += 1));
    const { detached, served } = opened();
    await vi.waitFor(() => expect(detached).toEqual([true]));
    served.attach();
    await vi.waitFor(() => expect(asked).toBe(1));
  });

  it('tell the workspace when they close', async () => {
    const { detached } = opened();
    const remote = popOut();
    await vi.waitFor(() => expect(detached).toContain(true));
    remote.close();
    await vi.waitFor(() => expect(detached.at(-1)).toBe(false));
  });
});
