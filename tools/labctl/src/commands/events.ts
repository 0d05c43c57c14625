import { routes } from '@lab-orchestrator/contracts';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { platform, type World } from '../api/context.js';
import type { Output } from '../output/output.js';
import { plain } from '../output/plain.js';

interface EventsOptions {
  types?: string;
  session?: string;
}

/** Prints events as they happen, one a line, until Ctrl-C. A connection that ends is taken up where it ended. */
export async function events({ types, session }: EventsOptions, world: World, output: Output): Promise<void> {
  const api = await platform(world);
  const query = { ...(types !== undefined && { types }), ...(session !== undefined && { sessionId: session }) };
  let last: string | undefined;
  for (;;) {
    const headers = { accept: 'text/event-stream', ...(last !== undefined && { 'last-event-id': last }) };
    const { body } = await api.send(routes.events, { query, headers });
    if (body === null) return;
    for await (const event of body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())) {
      if (event.id !== undefined) last = event.id;
      output.line(
        { id: event.id, event: event.event, data: parsed(event.data) },
        plain(`${event.event ?? ''} ${event.data}`),
      );
    }
  }
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}
