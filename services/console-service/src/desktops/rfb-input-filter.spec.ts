import { describe, expect, it } from 'vitest';
import { RfbInputFilter, UnknownRfbMessage } from './rfb-input-filter.js';

const hello = Buffer.from('RFB 003.008\n\u0001\u0000', 'latin1');
const shared = Buffer.from('RFB 003.008\n\u0001\u0001', 'latin1');
const bytes = (...values: number[]) => Buffer.from(values);
const updateRequest = bytes(3, 1, 0, 0, 0, 0, 4, 0, 3, 0);
const key = bytes(4, 1, 0, 0, 0, 0, 0, 0x61);
const pointer = bytes(5, 1, 0, 10, 0, 10);
const cutText = Buffer.concat([bytes(6, 0, 0, 0, 0, 0, 0, 3), Buffer.from('abc')]);
const extendedCutText = Buffer.concat([bytes(6, 0, 0, 0), bytes(0xff, 0xff, 0xff, 0xfc), bytes(1, 2, 3, 4)]);
const setEncodings = Buffer.concat([bytes(2, 0, 0, 2), bytes(0, 0, 0, 0, 0, 0, 0, 1)]);
const setDesktopSize = Buffer.concat([bytes(251, 0, 4, 0, 3, 0, 1, 0), Buffer.alloc(16)]);
const extendedKey = Buffer.concat([bytes(255, 0), Buffer.alloc(10)]);

const started = () => {
  const filter = new RfbInputFilter();
  filter.filter(hello);
  return filter;
};

describe('RfbInputFilter', () => {
  it('passes the handshake and always asks for a shared desktop', () => {
    expect(new RfbInputFilter().filter(hello)).toEqual(shared);
  });

  it.each([
    ['requests for pictures', updateRequest],
    ['encodings', setEncodings],
  ])('passes %s', (_, message) => expect(started().filter(message)).toEqual(message));

  it.each([
    ['keys', key],
    ['the pointer', pointer],
    ['clipboard text', cutText],
    ['extended clipboard', extendedCutText],
    ['screen sizes', setDesktopSize],
    ['extended keys', extendedKey],
  ])('drops %s and nothing after it', (_, message) =>
    expect(started().filter(Buffer.concat([message, updateRequest]))).toEqual(updateRequest),
  );

  it('finds the same messages however the stream is cut', () => {
    const stream = Buffer.concat([hello, setEncodings, key, cutText, updateRequest, pointer, updateRequest]);
    const filter = new RfbInputFilter();
    const out = [...stream].map((byte) => filter.filter(bytes(byte)));
    expect(Buffer.concat(out)).toEqual(Buffer.concat([shared, setEncodings, updateRequest, updateRequest]));
  });

  it.each([7, 99, 254])('refuses the unknown message %i', (type) => {
    expect(() => started().filter(bytes(type, 0, 0, 0))).toThrow(UnknownRfbMessage);
  });
});
