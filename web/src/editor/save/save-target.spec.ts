// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../api/api-error.js';
import type { LabFiles } from '../model/lab-files.js';
import { digestIn } from '../model/lab-sources.js';
import { isConflict } from './save-lab.js';
import { expectation, idIn, saveTarget, titleIn } from './save-target.js';

const withId = (id: string): LabFiles => new Map([['lab.yaml', `apiVersion: lab/v1\nid: ${id}\ntitle: "A: b"\n`]]);
const saved = { labId: 'l', slug: 'one', version: 3, digest: 'abc' };

describe('what a save makes', () => {
  it.each([
    ['a version of the lab that was opened', withId('one'), saved, true, 'version'],
    ['a lab that was not there', withId('one'), undefined, true, 'new'],
    ['another lab when the id is another', withId('two'), saved, true, 'renamed'],
    ['a lab of their own from that of somebody else', withId('one'), saved, false, 'copy'],
    ['a version while the id cannot be read', new Map(), saved, true, 'version'],
  ] as const)('is %s', (_, files, from, own, kind) => {
    expect(saveTarget(files, from, own).kind).toBe(kind);
  });

  it('overwrites nothing that was not seen', () => {
    expect(expectation({ kind: 'version', slug: 'one' }, saved)).toEqual({ ifMatch: '"abc"' });
    for (const kind of ['new', 'renamed', 'copy'] as const)
      expect(expectation({ kind, slug: 'one' }, saved)).toEqual({ ifNoneMatch: '*' });
  });

  it('is a conflict only when the server says so', () => {
    expect(isConflict(new ApiError({ status: 412, code: 'version_conflict', detail: '' }))).toBe(true);
    expect(isConflict(new ApiError({ status: 422, code: 'invalid_lab', detail: '' }))).toBe(false);
  });
});

it.each([
  ['id: "two"', 'two'],
  ['id:   three # x', 'three'],
  ['title: id', undefined],
])('reads the id of %j', (text, id) => expect(idIn(new Map([['lab.yaml', text]]))).toBe(id));

it.each([
  ['title: "A: b"\r\n', 'A: b'],
  ['title: Plain\n', 'Plain'],
  ['title:\n', undefined],
])('reads the title of %j', (text, title) => expect(titleIn(new Map([['lab.yaml', text]]))).toBe(title));

it.each([
  ['"abc"', 'abc'],
  ['W/"abc"', 'abc'],
  [null, ''],
])('reads the digest of %j', (etag, digest) => expect(digestIn(etag)).toBe(digest));
