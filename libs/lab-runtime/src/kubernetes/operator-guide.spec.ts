import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runtimeErrorCodes } from '../port/runtime-error.js';

const read = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
const codesIn = (path: string, pattern: RegExp) => [...read(path).matchAll(pattern)].map(([, code = '']) => code);

const inspect = 'libs/lab-runtime/src/kubernetes/inspect';
const inObjects = /\bcode: '([a-z_]+)'/g;
/** Where reasons of sessions and images are made, and how their codes are written there. */
const sources: [path: string, pattern: RegExp][] = [
  [`${inspect}/reasons.ts`, inObjects],
  [`${inspect}/pod-reasons.ts`, inObjects],
  [`${inspect}/vm/vm-reasons.ts`, inObjects],
  ['libs/lab-runtime/src/local/images/image-refusal.ts', /^ {2}([a-z_]+): '/gm],
  ['services/provisioner/src/sessions/session-state.ts', inObjects],
  ['services/provisioner/src/sessions/image-needs.ts', inObjects],
  ['services/lab-service/src/sessions/start-session.service.ts', /'(lab_too_[a-z]+)'/g],
  ['services/lab-service/src/admission/missing-abilities.ts', /'(lab_unsupported)'/g],
];

describe('the operator’s guide', () => {
  const guide = read('docs/guides/operate.md');
  const told = [...guide.matchAll(/^\| `([a-z_]+)` /gm)].map(([, code = '']) => code);
  const made = sources.map(([path, pattern]) => ({ path, codes: codesIn(path, pattern) }));

  it.each(made)('has a row for each reason of $path', ({ codes }) => {
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.filter((code) => !told.includes(code))).toEqual([]);
  });

  it('has a row for each refusal of a runtime', () => {
    expect(runtimeErrorCodes.filter((code) => !told.includes(code))).toEqual([]);
  });

  it('has no row for a reason that there is not', () => {
    const known = new Set([...runtimeErrorCodes, ...made.flatMap(({ codes }) => codes)]);
    expect(told.filter((code) => !known.has(code))).toEqual([]);
  });
});
