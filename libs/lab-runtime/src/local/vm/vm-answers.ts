import { once } from 'node:events';
import type { AccessSpec, VmSystemSpec } from '@lab-orchestrator/contracts';
import { tcpAnswers } from '../systems/probe.js';
import { guestPrinted } from './guest-output.js';
import { readTail } from './hostile-file.js';
import { connectUnix } from './unix-socket.js';
import { runFiles } from './vm-layout.js';

const probeTimeoutMs = 1000;
const logTailBytes = 16 * 1024;

/** Does the guest answer as the lab asks: the ready port, or else every access entry? */
export async function vmAnswers(system: VmSystemSpec, address: string, runFolder: string): Promise<boolean> {
  if (system.ready.tcp !== undefined) return tcpAnswers(address, system.ready.tcp, probeTimeoutMs);
  const answers = await Promise.all(system.access.map((entry) => entryAnswers(entry, address, runFolder)));
  return answers.every(Boolean);
}

async function entryAnswers(entry: AccessSpec, address: string, runFolder: string): Promise<boolean> {
  switch (entry.kind) {
    case 'web':
      return tcpAnswers(address, entry.port, probeTimeoutMs);
    case 'desktop':
      return speaksRfb(`${runFolder}/${runFiles.vnc}`);
    case 'serial':
      return serialAnswers(runFolder);
    case 'terminal':
      // A VM has no shell of its own; the lab file knows only `serial` for it.
      return true;
  }
}

/** Never connects: QEMU's serial socket serves one client, and that is the console. */
async function serialAnswers(runFolder: string): Promise<boolean> {
  const pieces = await Promise.all(
    [runFiles.serialLogOld, runFiles.serialLog].map((name) => readTail(`${runFolder}/${name}`, logTailBytes)),
  );
  return guestPrinted(Buffer.concat(pieces).toString('latin1'));
}

async function speaksRfb(path: string): Promise<boolean> {
  try {
    const socket = await connectUnix(path, probeTimeoutMs);
    try {
      const [banner]: unknown[] = await once(socket, 'data', { signal: AbortSignal.timeout(probeTimeoutMs) });
      return Buffer.isBuffer(banner) && banner.toString('latin1').startsWith('RFB ');
    } finally {
      socket.destroy();
    }
  } catch {
    return false;
  }
}
