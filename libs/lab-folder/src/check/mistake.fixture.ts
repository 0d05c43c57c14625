import { expect } from 'vitest';
import { filesOf, sampleLab } from '../testing/sample-lab.js';
import { checkFolder } from './check-folder.js';
import type { CheckOptions } from './options.js';

/** Knows a small image list and allows nothing beyond it, as for a lecturer. */
export const strict: CheckOptions = {
  images: new Map([
    ['terminal', 'container'],
    ['desktop', 'container'],
    ['small-vm', 'disk'],
  ] as const),
  allowReferences: false,
  allowKubernetesObjects: false,
};
export const correct = sampleLab()['lab.yaml'] ?? '';

/** What is wrong, what stands in the correct lab, what stands there instead, the finding with its place, part of its message. */
export type Mistake = [what: string, before: string, after: string, place: string, message: string];

export function expectMistake(_: string, before: string, after: string, place: string, message: string) {
  expect(correct).toContain(before);
  const { diagnostics, lab } = checkFolder(filesOf(sampleLab({ 'lab.yaml': correct.replace(before, after) })), strict);
  const texts = diagnostics.map(({ file, line, column, path, code, message: text }) => ({
    place: `${file}:${line}:${column} ${path} ${code}`,
    text,
  }));
  expect(texts).toContainEqual({ place, text: expect.stringContaining(message) });
  expect(lab).toBeUndefined();
}
