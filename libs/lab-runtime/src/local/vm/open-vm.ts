import { RuntimeError } from '../../port/runtime-error.js';
import type { Console, ConsoleTarget } from '../../port/lab-runtime.js';
import { toConsole } from '../../streams/to-console.js';
import type { ContainerFacts } from '../systems/container-facts.js';
import { connectTcp } from '../systems/probe.js';
import { readTail } from './hostile-file.js';
import { connectUnix } from './unix-socket.js';
import { runFiles } from './vm-layout.js';

const connectTimeoutMs = 3000;
/** Enough for a screen: whoever connects sees the prompt that is already there. */
const serialReplayBytes = 4096;

/** Opens the serial console, the screen or a port of a VM. Bytes pass as they are. */
export async function openVm(runFolder: string, container: ContainerFacts, target: ConsoleTarget): Promise<Console> {
  switch (target.channel) {
    case 'serial':
      return openSerial(runFolder);
    case 'desktop':
      return toConsole(await reach(`${runFolder}/${runFiles.vnc}`));
    case 'port':
      return toConsole(await connectTcp(addressOf(container), target.port));
    case 'terminal':
      throw new RuntimeError('unsupported', 'A virtual machine has a serial console, not a terminal.', false);
  }
}

/** QEMU serves one serial client at a time: a second one waits until the first has gone. */
async function openSerial(runFolder: string): Promise<Console> {
  const socket = await reach(`${runFolder}/${runFiles.serial}`);
  const printed = await readTail(`${runFolder}/${runFiles.serialLog}`, serialReplayBytes);
  if (printed.length > 0) socket.unshift(printed);
  return toConsole(socket);
}

async function reach(path: string) {
  try {
    return await connectUnix(path, connectTimeoutMs);
  } catch (cause) {
    throw new RuntimeError('unreachable', 'The virtual machine does not run yet.', true, { cause });
  }
}

function addressOf({ addresses, system }: ContainerFacts): string {
  const [address] = Object.values(addresses);
  if (address === undefined) throw new RuntimeError('not_found', `${system} is on no network.`, false);
  return address;
}
