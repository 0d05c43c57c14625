import { openStream } from '../api/call.js';
import { readEvents, type LiveEvent } from './event-stream.js';

type Shared = { event: LiveEvent; id: string | undefined } | { connected: boolean };

/**
 * Live events for this tab. One tab of the browser holds the stream and tells the others: over HTTP/1.1 a browser
 * opens six connections to a host, and a stream per tab would stop the seventh tab from loading anything.
 * When that tab closes, the next one goes on after the last event that was told.
 */
export function followEvents(
  onEvent: (event: LiveEvent) => void,
  onConnected: (connected: boolean) => void,
): () => void {
  const stop = new AbortController();
  const channel = new BroadcastChannel('lab.events');
  let lastEventId: string | undefined;

  channel.addEventListener('message', ({ data }: MessageEvent<Shared>) => {
    if ('connected' in data) return onConnected(data.connected);
    lastEventId = data.id ?? lastEventId;
    onEvent(data.event);
  });
  const lead = () =>
    readEvents(stop.signal, {
      lastEventId,
      open: (signal, id) => openStream('events', signal, id),
      onConnected: (connected) => {
        channel.postMessage({ connected } satisfies Shared);
        onConnected(connected);
      },
      onEvent: (event, id) => {
        channel.postMessage({ event, id } satisfies Shared);
        onEvent(event);
      },
    });
  if ('locks' in navigator)
    void navigator.locks.request('lab.events', { signal: stop.signal }, lead).catch(ignoreAbort);
  else void lead();

  return () => {
    stop.abort();
    channel.close();
  };
}

const ignoreAbort = () => undefined;
