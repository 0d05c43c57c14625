import type { Console } from '@lab-orchestrator/lab-runtime';
import { isTakenOver } from '../upstreams/reopen.js';
import type { Viewer } from '../viewers/viewer.js';
import { RfbInputFilter } from './rfb-input-filter.js';

/**
 * One viewer's own RFB connection: the protocol has a state per client, so it cannot be fanned out; the desktop itself
 * is shared. Bytes are piped, not parsed, except for what a mere watcher sends.
 */
export function pipeDesktop(viewer: Viewer, console: Console, onInput: () => void) {
  const { socket } = viewer;
  const filter = viewer.mayType ? undefined : new RfbInputFilter();

  viewer.drainsTo(() => {
    if (console.isPaused() && !viewer.isBehind) console.resume();
  });
  console.on('data', (chunk: Buffer) => {
    viewer.send(chunk);
    if (viewer.isBehind) console.pause();
  });
  console.once('error', (error) => {
    if (isTakenOver(error)) viewer.close('takenOver', 'the desktop was opened elsewhere');
    else viewer.close('unreachable', 'the desktop does not answer');
  });
  console.once('close', () => viewer.close('unreachable', 'the desktop closed the connection'));
  socket.once('close', () => console.destroy());
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (!isBinary) return;
    if (viewer.mayType) onInput();
    const bytes = passing(data);
    if (bytes.length > 0 && !console.write(bytes)) {
      socket.pause();
      console.once('drain', () => socket.resume());
    }
  });

  const passing = (data: Buffer) => {
    try {
      return filter ? filter.filter(data) : data;
    } catch {
      viewer.close('revoked', 'watching allows looking only');
      return Buffer.alloc(0);
    }
  };
}
