import { describe, expect, it } from 'vitest';
import { closeFrame, frameOf, readFrame, resizeFrame } from './channel-frames.js';
import { ExecWire } from './exec-wire.js';
import { PortWire } from './port-wire.js';
import { rawWire } from './raw-wire.js';
import { TerminalWire } from './terminal-wire.js';
import { seeded } from '../testing/seeded.js';

const frame = (channel: number, text: string) => frameOf(channel, Buffer.from(text));
const text = (bytes: Buffer | undefined) => bytes?.toString();

describe('frames', () => {
  it.each([
    ['nothing', [], undefined],
    ['a channel without bytes', [1], { channel: 1, bytes: Buffer.alloc(0) }],
    ['bytes of a channel', [0, 104, 105], { channel: 0, bytes: Buffer.from('hi') }],
    ['the end of a channel', [255, 2], { closed: 2 }],
    ['an end that names no channel', [255], undefined],
    ['an unknown channel', [77, 1], { channel: 77, bytes: Buffer.from([1]) }],
  ])('reads %s', (_, message, expected) => {
    expect(readFrame(Buffer.from(message))).toEqual(expected);
  });

  it('writes what the server expects', () => {
    expect([...frame(0, 'ab')]).toEqual([0, 97, 98]);
    expect([...closeFrame(0)]).toEqual([255, 0]);
    expect(resizeFrame(101, 33).toString()).toBe('\u0004{"Width":101,"Height":33}');
  });
});

describe('ExecWire', () => {
  it('keeps the outputs apart, and tells how it ended', () => {
    let errors = '';
    const wire = new ExecWire((bytes) => (errors += bytes.toString()));
    expect(text(wire.receive(frame(1, 'out')).bytes)).toBe('out');
    expect(wire.receive(frame(2, 'bad'))).toEqual({});
    expect(errors).toBe('bad');
    expect(wire.receive(frame(3, '{"status":"Success"}'))).toEqual({ status: { exitCode: 0 } });
  });

  it.each([
    ['the end of a channel', closeFrame(1)],
    ['an empty message', Buffer.alloc(0)],
    ['what echoes our input', frame(0, 'x')],
    ['a size', frame(4, 'x')],
    ['an unknown channel', frame(9, 'x')],
  ])('has nothing to say about %s', (_, message) => {
    expect(new ExecWire().receive(message)).toEqual({});
  });

  it('closes its input', () => {
    expect([...new ExecWire().end()]).toEqual([255, 0]);
  });
});

describe('TerminalWire', () => {
  const mark = 'lab-0123';

  it.each([
    ['at once', ['lab-0123$ '], '$ '],
    ['after a complaint', ['loader: warning\r\n', 'lab-0123$ '], '$ '],
    ['cut in two', ['lab-0', '123$ ', 'more'], '$ more'],
    ['and again in the output', ['lab-0123lab-0123'], 'lab-0123'],
  ])('gives what comes after the mark: %s', async (_, pieces, expected) => {
    const wire = new TerminalWire(mark);
    const output = pieces.map((piece) => text(wire.receive(frame(1, piece)).bytes) ?? '').join('');
    await wire.started;
    expect(output).toBe(expected);
    expect(wire.complaint).toBe('');
  });

  it('remembers what was said instead of a start', () => {
    const wire = new TerminalWire(mark);
    wire.receive(frame(1, 'no such\r\n'));
    expect(wire.complaint).toBe('no such');
  });

  it('does not wait for the mark without end', async () => {
    const wire = new TerminalWire(mark);
    let bytes = 0;
    for (let count = 0; count < 5; count++) bytes += wire.receive(frame(1, 'x'.repeat(20_000))).bytes?.length ?? 0;
    await wire.started;
    expect(bytes).toBe(100_000);
  });
});

describe('PortWire', () => {
  it.each([
    ['in messages of their own', [frame(0, 'PP'), frame(1, 'PP'), frame(0, 'data')]],
    ['together with bytes', [frame(0, 'PPda'), frame(1, 'PP'), frame(0, 'ta')]],
    ['byte by byte', [frame(0, 'P'), frame(1, 'P'), frame(0, 'P'), frame(1, 'P'), frame(0, 'data')]],
  ])('takes the port numbers off: %s', (_, messages) => {
    const wire = new PortWire();
    const received = messages.map((message) => wire.receive(message));
    expect(received.map(({ bytes }) => text(bytes) ?? '').join('')).toBe('data');
    expect(received.every(({ failure }) => failure === undefined)).toBe(true);
  });

  it('tells what the kubelet says', () => {
    const wire = new PortWire();
    wire.receive(frame(1, 'PP'));
    expect(wire.receive(frame(1, 'connection refused'))).toEqual({ failure: 'connection refused' });
  });
});

describe('rawWire', () => {
  it('passes bytes as they are', () => {
    const bytes = Buffer.from([255, 0, 3, 1]);
    expect(rawWire.encode(bytes)).toBe(bytes);
    expect(rawWire.receive(bytes).bytes).toBe(bytes);
    expect(rawWire.end()).toBeUndefined();
  });
});

describe('anything at all', () => {
  it('is borne by every wire, and gives no more bytes than came', () => {
    const random = seeded(42);
    const wires = () => [new ExecWire(), new TerminalWire('lab-0123'), new PortWire(), rawWire];
    for (let run = 0; run < 300; run++) {
      for (const wire of wires()) {
        let [came, went] = [0, 0];
        for (let count = 0; count < 40; count++) {
          const message = randomMessage(random);
          came += message.length;
          went += wire.receive(message).bytes?.length ?? 0;
        }
        expect(went).toBeLessThanOrEqual(came);
      }
    }
  });

  it('is a status that says that nothing is known', () => {
    const random = seeded(7);
    for (let run = 0; run < 2_000; run++) {
      const { status } = new ExecWire().receive(Buffer.concat([Buffer.from([3]), randomMessage(random)]));
      expect(status).toBeDefined();
    }
  });
});

/** Often a channel that means something, sometimes not. */
function randomMessage(random: () => number): Buffer {
  const length = Math.floor(random() * 200);
  const bytes = Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
  if (length > 0 && random() < 0.8) bytes[0] = [0, 1, 2, 3, 4, 255][Math.floor(random() * 6)] ?? 0;
  return bytes;
}
