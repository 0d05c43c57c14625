export interface ReadEvent {
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

export interface EventReader {
  /** The next events, as soon as they are there. */
  take(count: number): Promise<ReadEvent[]>;
  /** Resolves when the server ends the connection. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/** Reads Server-Sent Events as a browser does. For specs. Resolves when the stream has begun. */
export async function openEvents(url: string, token: string, lastEventId?: string): Promise<EventReader> {
  const abort = new AbortController();
  const headers = {
    authorization: `Bearer ${token}`,
    ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
  };
  const response = await fetch(url, { headers, signal: abort.signal });
  const { body, status } = response;
  if (status !== 200 || !body) throw new Error(`the stream answers ${status}`);
  const arrived: ReadEvent[] = [];
  let wake = () => {};
  const ended = (async () => {
    let text = '';
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      const blocks = (text + chunk).split('\n\n');
      text = blocks.pop() ?? '';
      arrived.push(...blocks.flatMap(readBlock));
      wake();
    }
  })().catch(() => undefined);
  return {
    ended,
    take: async (count) => {
      while (arrived.length < count) await new Promise<void>((resolve) => (wake = resolve));
      return arrived.splice(0, count);
    },
    close: async () => {
      abort.abort();
      await ended;
    },
  };
}

/** Blocks without data only move the position. */
function readBlock(block: string): ReadEvent[] {
  const fields = new Map(
    block
      .split('\n')
      .map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  const data = fields.get('data');
  if (data === undefined) return [];
  return [{ id: fields.get('id') ?? '', event: fields.get('event') ?? 'message', data: JSON.parse(data) }];
}
