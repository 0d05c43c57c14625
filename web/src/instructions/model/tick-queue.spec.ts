import { describe, expect, it } from 'vitest';
import { parseTicks, TickQueue, type PendingTick, type Sent } from './tick-queue.js';

/** A server that keeps what it is told, and may be away or refuse. */
function serverWith(answers: (Sent | 'lost')[] = []) {
  const steps = new Map<string, boolean>();
  const calls: string[] = [];
  const send = async (tick: PendingTick): Promise<Sent> => {
    calls.push(`${tick.stepId} ${tick.done}`);
    const answer = answers.shift() ?? 'sent';
    // `lost`: it was done, and the answer never came.
    if (answer === 'sent' || answer === 'lost') steps.set(tick.stepId, tick.done);
    return answer === 'lost' ? 'later' : answer;
  };
  return { steps, calls, send };
}

function storeOf(text?: string) {
  let stored = text;
  return { read: () => stored, write: (next: string) => void (stored = next) };
}

const queueOn = (server: ReturnType<typeof serverWith>, store = storeOf(), refused: unknown[] = []) =>
  new TickQueue({
    store,
    send: server.send,
    onRefused: (_, error) => refused.push(error),
    wait: async () => undefined,
  });

describe('TickQueue', () => {
  it('sends a tick and forgets it', async () => {
    const server = serverWith();
    const queue = queueOn(server);
    queue.add('look', true);
    expect(queue.snapshot()).toMatchObject([{ stepId: 'look', done: true }]);
    await queue.flush();
    expect([...server.steps]).toEqual([['look', true]]);
    expect(queue.snapshot()).toEqual([]);
  });

  it('keeps ticks while the server is away, in their order', async () => {
    const server = serverWith(['later', 'later', 'later']);
    const queue = queueOn(server);
    queue.add('one', true);
    queue.add('two', true);
    await queue.flush();
    expect(server.calls).toEqual(['one true', 'one true', 'one true', 'one true', 'two true']);
    expect(server.steps.size).toBe(2);
  });

  it('goes on after a reload with what the last visit left', async () => {
    const store = storeOf();
    const gone = new TickQueue({ store, onRefused: () => undefined, send: () => new Promise(() => undefined) });
    gone.add('look', true);
    gone.stop();
    const server = serverWith();
    const queue = queueOn(server, store);
    expect(queue.snapshot()).toMatchObject([{ stepId: 'look' }]);
    queue.start();
    await queue.flush();
    expect([...server.steps]).toEqual([['look', true]]);
    expect(store.read()).toBe('[]');
  });

  it('a tick whose answer was lost is repeated and changes nothing', async () => {
    const server = serverWith(['lost']);
    const queue = queueOn(server);
    queue.add('look', true);
    await queue.flush();
    expect(server.calls).toHaveLength(2);
    expect([...server.steps]).toEqual([['look', true]]);
  });

  it('the last of several for one step counts, also when it comes while the first is on its way', async () => {
    const server = serverWith();
    let queue: TickQueue | undefined;
    const send = async (tick: PendingTick) => {
      if (server.calls.length === 0) queue?.add('look', false);
      return server.send(tick);
    };
    queue = new TickQueue({ store: storeOf(), send, onRefused: () => undefined });
    queue.add('look', true);
    await queue.flush();
    expect(server.calls).toEqual(['look true', 'look false']);
    expect(server.steps.get('look')).toBe(false);
  });

  it('drops what is refused, says so, and sends the rest', async () => {
    const refused: unknown[] = [];
    const server = serverWith([{ refused: 'ended' }]);
    const queue = queueOn(server, storeOf(), refused);
    queue.add('one', true);
    queue.add('two', true);
    await queue.flush();
    expect(refused).toEqual(['ended']);
    expect([...server.steps]).toEqual([['two', true]]);
  });

  it('sends what another window has stored', async () => {
    const store = storeOf();
    const server = serverWith();
    const queue = queueOn(server, store);
    store.write(JSON.stringify([{ id: '1', stepId: 'theirs', done: true }]));
    queue.refresh();
    expect(queue.snapshot()).toHaveLength(1);
    queue.add('mine', true);
    await queue.flush();
    expect([...server.steps.keys()]).toEqual(['theirs', 'mine']);
  });

  it('works without storage, until the window closes', async () => {
    const server = serverWith(['later']);
    const queue = queueOn(server, { read: () => undefined, write: () => undefined });
    queue.add('look', true);
    await queue.flush();
    expect(server.steps.get('look')).toBe(true);
  });

  it('stops sending when it is told to, and can start again', async () => {
    const server = serverWith(['later']);
    const store = storeOf();
    let queue: TickQueue | undefined;
    const wait = async () => queue?.stop();
    queue = new TickQueue({ store, send: server.send, onRefused: () => undefined, wait });
    queue.add('look', true);
    await queue.flush();
    expect(server.steps.size).toBe(0);
    queue.start();
    await queue.flush();
    expect(server.steps.size).toBe(1);
  });
});

describe('parseTicks', () => {
  it.each([undefined, '', 'null', '{}', '[1]', '[{"id":"1"}]', '[{"id":"1","stepId":"a","done":"yes"}]', '[nonsense'])(
    'takes %j for nothing',
    (text) => expect(parseTicks(text)).toEqual([]),
  );
});
