import { expect, it } from 'vitest';
import { mountsBelow } from './mounts.ts';

it('finds only what lies below the folder', () => {
  const table = [
    'proc /proc proc rw 0 0',
    '/dev/vda /my\\040data/engine ext4 rw 0 0',
    'overlay /my\\040data/engine/merged overlay rw 0 0',
    '/dev/vda /my\\040data2/engine ext4 rw 0 0',
    '',
  ].join('\n');
  expect(mountsBelow('/my data', table)).toEqual(['/my data/engine', '/my data/engine/merged']);
});
