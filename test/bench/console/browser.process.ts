import { once } from 'node:events';
import { WebSocket } from 'ws';
import { serveCommands } from '../support/commands.ts';
import { type Pace, paced } from '../support/paced.ts';

/** How one console is opened. */
export interface Address {
  url: string;
  protocols: string[];
  origin: string;
}

interface Tab {
  socket: WebSocket;
  /** When the keys were pressed that have not come back yet. */
  pressed: number[];
}

const groups = new Map<string, Tab[]>();
const got = new Map<string, { bytes: number; frames: number; tookMs: number[] }>();
const typed = Buffer.alloc(65_536, 'x');

const gotOf = (group: string) => {
  const counter = got.get(group) ?? { bytes: 0, frames: 0, tookMs: [] };
  got.set(group, counter);
  return counter;
};

async function openTab(group: string, { url, protocols, origin }: Address): Promise<Tab> {
  const socket = new WebSocket(url, protocols, { origin, perMessageDeflate: false });
  const tab: Tab = { socket, pressed: [] };
  const counter = gotOf(group);
  socket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) return;
    counter.bytes += data.length;
    counter.frames += 1;
    const now = performance.now();
    for (const at of tab.pressed.splice(0, data.length)) counter.tookMs.push(now - at);
  });
  await once(socket, 'open');
  socket.on('error', () => socket.terminate());
  return tab;
}

const tabsOf = (group: string) => groups.get(group) ?? [];

const commands = {
  /** Opens consoles, a few at a time: a class does not arrive in one millisecond. */
  async open(group: string, addresses: Address[]) {
    const tabs: Tab[] = [];
    for (let start = 0; start < addresses.length; start += 50) {
      const some = addresses.slice(start, start + 50);
      tabs.push(...(await Promise.all(some.map((address) => openTab(group, address)))));
    }
    groups.set(group, [...tabsOf(group), ...tabs]);
  },
  async close(group: string) {
    const tabs = tabsOf(group);
    groups.delete(group);
    for (const { socket } of tabs) socket.terminate();
  },
  openTabs: (group: string) => tabsOf(group).filter(({ socket }) => socket.readyState === WebSocket.OPEN).length,
  got: (group: string) => ({ bytes: gotOf(group).bytes, frames: gotOf(group).frames }),
  /** Opens consoles and takes nothing from them, as browser tabs that hang. */
  async openStalled(group: string, addresses: Address[]) {
    groups.set(group, await Promise.all(addresses.map((address) => openTab(group, address))));
    for (const { socket } of tabsOf(group)) socket.pause();
  },
  /** Sends into the consoles of a group in turn, each time so many bytes. */
  async type(group: string, frameBytes: number, pace: Pace) {
    const tabs = tabsOf(group);
    const frame = typed.subarray(0, frameBytes);
    const { made, latestMs } = await paced(pace, (index) => tabs[index % tabs.length]?.socket.send(frame));
    return { frames: made, bytes: made * frameBytes, latestMs };
  },
  /** Presses keys in an open loop and answers with how long each took to come back, in ms. */
  async press(group: string, pace: Pace) {
    const tabs = tabsOf(group);
    const counter = gotOf(group);
    counter.tookMs.length = 0;
    const key = typed.subarray(0, 1);
    const { made, latestMs } = await paced(pace, (index) => {
      const tab = tabs[index % tabs.length];
      // From when the key is really sent: a timer's own lateness is not the console's. Nothing waits for an answer.
      tab?.pressed.push(performance.now());
      tab?.socket.send(key);
    });
    const deadline = performance.now() + 10_000;
    while (counter.tookMs.length < made) {
      if (performance.now() > deadline) throw new Error(`${made - counter.tookMs.length} keys never came back`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return { tookMs: counter.tookMs.slice(), latestMs };
  },
};
export type BrowserCommands = typeof commands;
serveCommands(commands);
