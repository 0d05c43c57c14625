import type { IncomingMessage } from 'node:http';
import { StringDecoder } from 'node:string_decoder';
import { setImmediate } from 'node:timers/promises';

/** How long events are handled before everything else has its turn. */
const sliceMs = 5;

export type EventLineOptions = {
  /** No byte for so long means that the connection is dead, whatever TCP thinks of it. */
  idleMs: number;
  /** Called for each piece that arrives. */
  onBytes?: () => void;
};

/** The lines of a watch. Ends with the stream; throws when it breaks or stays silent. Yields to the event loop. */
export async function* eventLines(response: IncomingMessage, options: EventLineOptions): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  const idle = setTimeout(() => response.destroy(new Error('The watch has been silent for too long.')), options.idleMs);
  let rest = '';
  let since = performance.now();
  try {
    for await (const chunk of response) {
      idle.refresh();
      options.onBytes?.();
      const lines = (rest + decoder.write(Buffer.from(chunk))).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.length > 0) yield line;
        if (performance.now() - since < sliceMs) continue;
        await setImmediate();
        since = performance.now();
      }
    }
  } finally {
    clearTimeout(idle);
    response.destroy();
  }
}
