import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { serveCommands } from '../support/commands.ts';
import { type Pace, paced } from '../support/paced.ts';
import { parseConsoleName } from './behaviour.ts';
import { portOf } from '../support/port-of.ts';

const printed = Buffer.alloc(65_536, 'The quick brown fox jumps over the lazy dog.\r\n');
const greedyBacklog = 256 * 1024;

/** One console's far end, reached through a socket or directly as a WebSocket. */
interface End {
  /** @param sent is called once the bytes have left this process */
  write(bytes: Buffer, sent?: () => void): void;
  readonly waiting: number;
}

const pacedEnds = new Map<string, Set<End>>();
let taken = 0;
let greedyPrinted = 0;

/** @returns what to do with bytes that come from the console's user, and what to do when it is closed */
function begin(name: string, end: End): { take(bytes: Buffer): void; closed(): void } {
  const { behaviour, group } = parseConsoleName(name);
  let open = true;
  const ends = pacedEnds.get(group) ?? new Set();
  pacedEnds.set(group, ends);
  if (behaviour === 'paced') ends.add(end);
  if (behaviour === 'greedy') printOn();
  return {
    take(bytes) {
      taken += bytes.length;
      if (behaviour === 'echo') end.write(bytes);
    },
    closed() {
      open = false;
      ends.delete(end);
    },
  };

  function printOn() {
    if (!open) return;
    greedyPrinted += 1;
    // A callback that writes and is called back would let nobody else have a turn.
    end.write(printed, () => setImmediate(printOn));
    // No more than fits in a few turns: what is written to an end that just closed waits nowhere, and would never do.
    for (let more = 0; more < 3 && end.waiting < greedyBacklog; more += 1) end.write(printed);
  }
}

function overSocket(socket: Socket) {
  socket.on('error', () => socket.destroy());
  socket.once('data', (first: Buffer) => {
    // Whoever opens a console says its name in a first line.
    const end = first.indexOf('\n');
    const handlers = begin(first.toString('utf8', 0, end), {
      write: (bytes, sent) => void socket.write(bytes, sent),
      get waiting() {
        return socket.writableLength;
      },
    });
    if (first.length > end + 1) handlers.take(first.subarray(end + 1));
    socket.on('data', handlers.take);
    socket.once('close', handlers.closed);
  });
}

function overWebSocket(socket: WebSocket, url: string) {
  const handlers = begin(url.slice(1), {
    write: (bytes, sent) => socket.send(bytes, sent),
    get waiting() {
      return socket.bufferedAmount;
    },
  });
  socket.on('message', (bytes: Buffer) => handlers.take(bytes));
  socket.once('close', handlers.closed);
  socket.on('error', () => socket.terminate());
}

const [socketPath = ''] = process.argv.slice(2);
const plain = createServer(overSocket).listen({ path: socketPath, backlog: 4_096 });
const web = new WebSocketServer({ host: '127.0.0.1', port: 0, backlog: 4_096, perMessageDeflate: false });
web.on('connection', (socket, request) => overWebSocket(socket, request.url ?? '/'));
await Promise.all([once(plain, 'listening'), once(web, 'listening')]);

const commands = {
  webPort: () => portOf(web.address()),
  /** Bytes that consoles of any behaviour have sent here. */
  taken: () => taken,
  /** Grows for as long as anybody reads what greedy consoles print. */
  greedyPrinted: () => greedyPrinted,
  /** How many consoles wait to be printed to. */
  waiting: (group: string) => pacedEnds.get(group)?.size ?? 0,
  /** Prints to the paced consoles of a group in turn, each time so many bytes. */
  async print(group: string, frameBytes: number, pace: Pace) {
    const ends = [...(pacedEnds.get(group) ?? [])];
    const frame = printed.subarray(0, frameBytes);
    const { made, latestMs } = await paced(pace, (index) => ends[index % ends.length]?.write(frame));
    return { frames: made, bytes: made * frameBytes, latestMs };
  },
};
export type SourceCommands = typeof commands;
serveCommands(commands);
