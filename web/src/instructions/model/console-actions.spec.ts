import { describe, expect, it } from 'vitest';
import { ConsolePorts, type ConsolePort } from '../../consoles/console-ports.js';
import { localActions } from './console-actions.js';

/** A terminal that keeps what was typed, and drops it while it is not connected, as a real one does. */
function terminal(state: { ready: boolean }) {
  const typed: string[] = [];
  const put = (text: string) => {
    if (!state.ready) return false;
    typed.push(text);
    return true;
  };
  let focused = 0;
  const port: ConsolePort = {
    kind: 'terminal',
    ready: () => state.ready,
    paste: put,
    enter: () => put('\r'),
    focus: () => void (focused += 1),
  };
  return { port, typed, focused: () => focused };
}

function workspace() {
  const ports = new ConsolePorts();
  const shown: string[] = [];
  ports.broughtToFrontBy((tab) => void shown.push(tab));
  return { ports, shown, actions: localActions(ports, 500) };
}

describe('localActions', () => {
  it('types a line once, with Return, and leaves the focus where it was', async () => {
    const { ports, shown, actions } = workspace();
    const { port, typed, focused } = terminal({ ready: true });
    ports.register('attacker/shell', port);
    expect(await actions.type('attacker/shell', 'ping -c3 server', true)).toBe('done');
    expect(typed).toEqual(['ping -c3 server', '\r']);
    expect(shown).toEqual(['attacker/shell']);
    expect(focused()).toBe(0);
  });

  it('without Return leaves the line to the learner, and the keyboard goes there', async () => {
    const { ports, actions } = workspace();
    const { port, typed, focused } = terminal({ ready: true });
    ports.register('attacker/shell', port);
    await actions.type('attacker/shell', 'sudo reboot', false);
    expect(typed).toEqual(['sudo reboot']);
    expect(focused()).toBe(1);
  });

  it('opens a terminal that is not open, and waits until it is connected', async () => {
    const ports = new ConsolePorts();
    const state = { ready: false };
    const { port, typed } = terminal(state);
    ports.broughtToFrontBy((tab) => {
      setTimeout(() => ports.register(tab, port), 20);
      setTimeout(() => (state.ready = true), 120);
    });
    expect(await localActions(ports, 2_000).type('server/console', 'lab', true)).toBe('done');
    expect(typed).toEqual(['lab', '\r']);
  });

  it('says when nothing was typed, and types nothing later', async () => {
    const { ports, actions } = workspace();
    const state = { ready: false };
    const { port, typed } = terminal(state);
    ports.register('attacker/shell', port);
    expect(await actions.type('attacker/shell', 'ls', true)).toBe('notConnected');
    state.ready = true;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(typed).toEqual([]);
  });

  it('a console that was closed takes nothing, also when a new one came in its place', async () => {
    const { ports, actions } = workspace();
    const old = terminal({ ready: true });
    const leave = ports.register('attacker/shell', old.port);
    const next = terminal({ ready: true });
    ports.register('attacker/shell', next.port);
    leave();
    await actions.give('attacker/shell', 'text');
    expect([old.typed, next.typed]).toEqual([[], ['text']]);
  });
});
