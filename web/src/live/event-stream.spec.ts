// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { eventOf, readEvents, type LiveEvent } from './event-stream.js';

const message = (id: string, type: string, data: object) =>
  `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify({ id, type, data })}\n\n`;
const bodyOf = (chunks: string[]) =>
  new Response(
    new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
        controller.close();
      },
    }),
  );

/** Read everything again. */
const RESET = { type: 'reset', data: {} };

/** Reads until as many connections as there are answers have ended. */
async function read(answers: (string[] | Error)[]) {
  const stop = new AbortController();
  const events: LiveEvent[] = [];
  const resumedAt: (string | undefined)[] = [];
  const connected: boolean[] = [];
  await readEvents(stop.signal, {
    open: async (_, lastEventId) => {
      resumedAt.push(lastEventId);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return bodyOf(answer ?? []);
    },
    onEvent: (event) => events.push(event),
    onConnected: (up) => connected.push(up),
    wait: async () => {
      if (answers.length === 0) stop.abort();
    },
  });
  return { events, resumedAt, connected };
}

describe('readEvents', () => {
  it('puts messages together that arrive in pieces', async () => {
    const text = message('1', 'lab.changed.v1', { sessionId: 's', phase: 'ready' });
    const { events } = await read([[text.slice(0, 20), text.slice(20, 21), text.slice(21)]]);
    expect(events).toEqual([RESET, { type: 'lab.changed.v1', data: { sessionId: 's', phase: 'ready' } }]);
  });

  it('has everything read again as long as it has no place to go on from', async () => {
    const { events } = await read([[], ['id: 7\n\n'], [message('8', 'a.b.v1', {})], [message('9', 'a.b.v1', {})]]);
    const seen = { type: 'a.b.v1', data: {} };
    expect(events).toEqual([RESET, RESET, RESET, seen, seen]);
  });

  it('resumes after the last event that it saw, also when a try in between fails', async () => {
    const { resumedAt, connected } = await read([[message('7', 'a.b.v1', {})], new Error('refused'), []]);
    expect(resumedAt).toEqual([undefined, '7', '7']);
    expect(connected).toEqual([true, false, false, true, false]);
  });

  it('passes a gap on instead of hiding it', async () => {
    const { events } = await read([['event: reset\ndata: {}\n\n']]);
    expect(events).toEqual([RESET, RESET]);
  });

  it.each(['not json', '7', '{"type":1}', '{"type":"a.b.v1"}'])('leaves out %j', (data) => {
    expect(eventOf({ id: '1', event: 'a.b.v1', data })).toBeUndefined();
  });
});
