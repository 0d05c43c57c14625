import { Terminal } from '@xterm/xterm';
import { describe, expect, it, vi } from 'vitest';
import { controlOf, safePaste, TerminalStream } from './terminal-stream.js';

const bytes = (text: string) => Uint8Array.from(new TextEncoder().encode(text)).buffer;
const control = (type: string) => JSON.stringify({ type });
/** A question that every terminal answers by itself: “what are you?” */
const QUERY = '\u001b[c';

function streamOn(screen: { write: (data: Uint8Array | string, done?: () => void) => void }) {
  const seen = { output: 0, overflow: 0 };
  const stream = new TerminalStream({
    screen,
    onControl: () => undefined,
    onOutput: () => (seen.output += 1),
    onOverflow: () => (seen.overflow += 1),
  });
  return { stream, seen };
}

describe('TerminalStream with a real xterm', () => {
  const setUp = () => {
    const terminal = new Terminal({ allowProposedApi: true });
    const { stream, seen } = streamOn(terminal);
    const sent: string[] = [];
    terminal.onData((text) => stream.live && sent.push(text));
    const drawn = () => new Promise<void>((resolve) => terminal.write('', resolve));
    const line = (index: number) => terminal.buffer.active.getLine(index)?.translateToString(true);
    return { terminal, stream, seen, sent, drawn, line };
  };

  it('answers a query in new output', async () => {
    const { stream, sent, drawn } = setUp();
    stream.receive(bytes(QUERY));
    await drawn();
    expect(sent).toHaveLength(1);
  });

  it('does not answer queries of the replayed screen, but those after it', async () => {
    const { stream, sent, drawn } = setUp();
    stream.receive(control('replay'));
    stream.receive(bytes(`old ${QUERY}`));
    stream.receive(control('live'));
    await drawn();
    expect(sent).toEqual([]);
    stream.receive(bytes(QUERY));
    await drawn();
    expect(sent).toHaveLength(1);
  });

  it('shows the replayed screen instead of the old one, not below it', async () => {
    const { stream, drawn, line } = setUp();
    stream.receive(bytes('before the break\r\n'));
    stream.receive(control('replay'));
    stream.receive(bytes('$ ls'));
    stream.receive(control('live'));
    await drawn();
    expect([line(0), line(1)]).toEqual(['$ ls', '']);
  });

  it('counts new output only', () => {
    const { stream, seen } = setUp();
    stream.receive(control('replay'));
    stream.receive(bytes('old'));
    stream.receive(control('live'));
    stream.receive(bytes('new'));
    expect(seen.output).toBe(1);
  });
});

describe('TerminalStream on a screen that does not keep up', () => {
  it('gives up instead of waiting without a limit', () => {
    const write = vi.fn();
    const { stream, seen } = streamOn({ write });
    for (let chunk = 0; chunk < 200; chunk += 1) stream.receive(new ArrayBuffer(64 * 1024));
    expect(seen.overflow).toBeGreaterThan(0);
    expect(write).toHaveBeenCalledTimes(128);
  });
});

describe('controlOf', () => {
  it.each(['', '{', 'null', '7', '{"type":"other"}'])('leaves %j out', (text) => {
    expect(controlOf(text)).toBeUndefined();
  });
});

describe('safePaste', () => {
  it('takes control characters out, so that nothing ends the paste early', () => {
    expect(safePaste('a\u001b[201~\u0003rm -rf\r\n\tb\u009b')).toBe('a[201~rm -rf\r\n\tb');
  });
});
