import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LogFile } from './log-file.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'lab-log-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const write = (log: LogFile, ...lines: string[]) => lines.forEach((line) => log.write(Buffer.from(line)));
const contents = () =>
  readdirSync(folder)
    .toSorted()
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')]);

it('goes on in the file of the last run', () => {
  for (const line of ['one ', 'two']) {
    const log = new LogFile(join(folder, 'x.log'));
    write(log, line);
    log.close();
  }
  expect(contents()).toEqual([['x.log', 'one two']]);
});

it('keeps the last three full files', () => {
  const log = new LogFile(join(folder, 'x.log'), 4);
  write(log, '1111', '2222', '3333', '4444', '5555', '66');
  log.close();
  expect(contents()).toEqual([
    ['x.log', '66'],
    ['x.log.1', '5555'],
    ['x.log.2', '4444'],
    ['x.log.3', '3333'],
  ]);
});

it('drops what comes after the end', () => {
  const log = new LogFile(join(folder, 'x.log'));
  log.close();
  write(log, 'late');
  expect(contents()).toEqual([['x.log', '']]);
});
