// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { workOn } from './archive-work.js';

describe('workOn', () => {
  it('unpacks what it packed', () => {
    const files = { 'lab.yaml': new TextEncoder().encode('id: ä\n'), 'pages/en/a.png': new Uint8Array([0, 255]) };
    const packed = workOn({ pack: files });
    expect('packed' in packed && workOn({ unpack: packed.packed })).toEqual({ files });
  });

  it('says why it cannot', () => {
    expect(workOn({ unpack: new Uint8Array([1, 2, 3]) })).toEqual({ failed: expect.stringContaining('zip') });
  });
});
