import { ConsoleControl, consoleCloseCodes, routes } from '@lab-orchestrator/contracts';
import { WebSocket } from 'ws';
import type { ApiClient } from '../api/api-client.js';
import { platform, type World } from '../api/context.js';
import { CommandError, exitCodes } from '../output/exit-codes.js';
import type { Output } from '../output/output.js';

/** Ctrl-] leaves, as in telnet: it is rarely typed into a shell. */
const leave = 0x1d;

/** A system's terminal or serial console in this terminal. */
export async function attach(
  sessionId: string,
  system: string,
  { access, view }: { access?: string; view: boolean },
  world: World,
  output: Output,
): Promise<void> {
  const api = await platform(world);
  const name = access ?? (await firstTerminal(api, sessionId, system));
  const mode = view ? 'view' : 'control';
  const ticket = await api.call(routes.openConsole, { params: { sessionId }, body: { system, access: name, mode } });
  if (ticket.protocol !== 'terminal' && ticket.protocol !== 'serial')
    throw new CommandError(exitCodes.usage, `${system}/${name} is no terminal; open it in the browser.`, 'no_terminal');
  const socket = new WebSocket(ticket.url, [`lab.${ticket.protocol}`, `ticket.${ticket.ticket}`], {
    origin: new URL(api.url).origin,
  });
  output.say('Ctrl-] leaves.');
  await join(socket, world);
}

async function firstTerminal(api: ApiClient, sessionId: string, system: string): Promise<string> {
  const { systems } = await api.call(routes.getSession, { params: { sessionId } });
  const found = systems.find(({ name }) => name === system);
  const access = found?.access.find(({ kind }) => kind === 'terminal' || kind === 'serial');
  if (access !== undefined) return access.name;
  const names = systems.map(({ name }) => name).join(', ');
  const problem =
    found === undefined ? `There is no system "${system}"; there are ${names}.` : `${system} has no terminal.`;
  throw new CommandError(exitCodes.usage, problem, 'no_terminal');
}

/** Resolves when the person leaves or the program ends. */
function join(socket: WebSocket, { stdin, stdout }: World): Promise<void> {
  const resize = () => tell(socket, { type: 'resize', cols: stdout.columns || 80, rows: stdout.rows || 24 });
  const type = (bytes: Buffer) => {
    if (bytes.includes(leave)) socket.close();
    else if (socket.readyState === socket.OPEN) socket.send(bytes);
  };
  const end = () => {
    stdin.off('data', type);
    stdout.off('resize', resize);
    if (stdin.isTTY) stdin.setRawMode(false);
    stdin.pause();
  };
  return new Promise<void>((resolve, reject) => {
    socket.once('open', () => {
      if (stdin.isTTY) stdin.setRawMode(true);
      stdin.on('data', type);
      stdin.once('end', () => socket.close());
      stdout.on('resize', resize);
      resize();
    });
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) stdout.write(data);
    });
    socket.once('error', (error) =>
      reject(new CommandError(exitCodes.unreachable, `The console cannot be reached: ${error.message}`, 'unreachable')),
    );
    socket.once('close', (code, reason) =>
      code < 4000 || code === consoleCloseCodes.gone ? resolve() : reject(closed(code, reason.toString())),
    );
  }).finally(end);
}

function tell(socket: WebSocket, control: ConsoleControl) {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(control));
}

const closed = (code: number, reason: string) =>
  new CommandError(
    code === consoleCloseCodes.unreachable ? exitCodes.unreachable : exitCodes.refused,
    `The console was closed: ${reason || `code ${code}`}`,
    'console_closed',
  );
