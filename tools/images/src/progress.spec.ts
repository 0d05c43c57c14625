import { expect, it } from 'vitest';
import { progressReader } from './progress.mjs';

it('grows with the phases and with the packages of the big phase', () => {
  const reports: Array<[number, string]> = [];
  const read = progressReader((percent: number, step: string) => reports.push([percent, step]));
  for (const line of [
    'I: running apt-get update...',
    'I: downloading packages with apt...',
    '0 upgraded, 2 newly installed, 0 to remove',
    'I: extracting archives...',
    'I: installing remaining packages inside the chroot...',
    '0 upgraded, 2 newly installed, 0 to remove',
    'Unpacking a (1) ...',
    'Unpacking b (1) ...',
    'Setting up a (1) ...',
    'Setting up b (1) ...',
    'lab-step: disk',
    'I: running apt-get update...',
  ])
    read(line);
  expect(reports).toEqual([
    [2, 'package lists'],
    [5, 'packages'],
    [15, 'packages'],
    [30, 'packages'],
    [43, 'packages'],
    [55, 'packages'],
    [68, 'packages'],
    [80, 'packages'],
    [80, 'disk'],
    [80, 'package lists'],
  ]);
});
