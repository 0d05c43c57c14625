import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileValue } from '../testing/hostile-value.fixture.js';
import { isSafeArgument, isSafeInTerminal, isSafeToPaste, shellCommand } from './shell-command.js';
import { shellProblem } from './shell-quoting.js';
import { splitTemplate } from './template.js';

const template = (text: string) => splitTemplate(text, () => true);
const commandOf = (text: string, values: Record<string, string>, typed = false) =>
  shellCommand(template(text), values, { typed });

describe('S9: hostile values in commands', () => {
  it.each(['sh', 'bash'])(
    'arrive at %s as one argument each, byte for byte, 10,000 times',
    (shell) => {
      const folder = mkdtempSync(join(tmpdir(), 'page-compiler-'));
      try {
        const values = fc.sample(hostileValue, { numRuns: 10_500, seed: 7 }).filter(isSafeArgument).slice(0, 10_000);
        expect(values).toHaveLength(10_000);
        for (let from = 0; from < values.length; from += 500) {
          const batch = values.slice(from, from + 500);
          const lines = batch.map((value) => {
            const result = commandOf('printf "%s\\0" {{ a }} x{{ a }}y --name={{ a }}', { a: value });
            if (!('command' in result)) throw new Error(result.problem);
            return result.command;
          });
          const output = execFileSync(shell, { cwd: folder, input: lines.join('\n'), env: { PATH: '/usr/bin:/bin' } });
          const expected = batch.flatMap((value) => [value, `x${value}y`, `--name=${value}`]);
          expect(output.toString().split('\0').slice(0, -1)).toEqual(expected);
        }
        expect(readdirSync(folder)).toEqual([]);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
    120_000,
  );

  it('hold nothing that a terminal would act on when they are typed', () => {
    fc.assert(
      fc.property(hostileValue, (value) => {
        const result = commandOf('echo {{ a }}', { a: value }, true);
        // oxlint-disable-next-line no-control-regex -- control characters are what this looks for
        const acts = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/.test(value) || !value.isWellFormed();
        expect('command' in result).toBe(!acts);
        if ('command' in result) expect(result.command.split('\n')).toHaveLength(1);
      }),
      { numRuns: 10_000, seed: 9 },
    );
  }, 60_000);
});

describe('shellCommand', () => {
  it.each([
    ['echo {{ a }}', "it's", String.raw`echo 'it'\''s'`],
    ['echo {{ a }} {{ a }}', '$(x)', "echo '$(x)' '$(x)'"],
    ['echo a{{ a }}', '', "echo a''"],
    ['echo', 'unused', 'echo'],
  ])('%s with %j is %s', (text, value, command) => {
    expect(commandOf(text, { a: value })).toEqual({ command });
  });

  it('says what is missing or cannot be', () => {
    expect(commandOf('echo {{ b }}', { a: 'x' })).toEqual({ problem: 'unset', name: 'b' });
    expect(commandOf('echo {{ constructor }}', {})).toEqual({ problem: 'unset', name: 'constructor' });
    expect(commandOf('echo {{ a }}', { a: 'x\0' })).toEqual({ problem: 'unsafe', name: 'a' });
    expect(commandOf('echo {{ a }}', { a: 'x\n' }, true)).toEqual({ problem: 'unsafe', name: 'a' });
    expect(commandOf('echo {{ a }}', { a: '\ud800' })).toEqual({ problem: 'unsafe', name: 'a' });
    expect(commandOf('echo "{{ a }}"', { a: 'x' })).toEqual({ problem: 'quoted', name: 'a' });
  });

  it('knows what may be typed and what may be pasted', () => {
    expect([isSafeInTerminal('a\tb'), isSafeToPaste('a\tb\nc'), isSafeToPaste('\u001b[201~')]).toEqual([
      false,
      true,
      false,
    ]);
  });
});

describe('shellProblem', () => {
  it.each([
    'echo {{ a }}',
    'echo "x" {{ a }}',
    "echo 'x' {{ a }}",
    String.raw`echo \" {{ a }}`,
    String.raw`echo "\"" {{ a }}`,
    'echo $(cat {{ a }})',
    'echo a#b {{ a }}',
    'x={{ a }}; test -n $x',
    'grep -q {{ a }} < file && ls',
    'echo "$HOME" {{ a }}',
    'echo `date`',
    'echo "`date`" "$(date)" $((1 + 1)) # all without variables',
  ])('lets %s be', (text) => {
    expect(shellProblem(template(text))).toBeUndefined();
  });

  it.each([
    "echo '{{ a }}'",
    'echo "{{ a }}"',
    'echo "x {{ a }} y"',
    "echo 'it''{{ a }}'",
    'echo `cat {{ a }}`',
    'echo "$(cat "{{ a }}")"',
    'echo "$(date)" {{ a }}',
    'echo ${x:-{{ a }}}',
    'echo $(( {{ a }} ))',
    '(( {{ a }} ))',
    '[[ {{ a }} -eq 1 ]]',
    'cat <<EOF {{ a }}',
    'echo x # {{ a }}',
    '# {{ a }}',
    'echo ;# {{ a }}',
    String.raw`echo \{{ a }}`,
    'echo ${{ a }}',
    String.raw`echo $'\'' {{ a }}`,
    'echo $[{{ a }}]',
  ])('refuses %s', (text) => {
    expect(shellProblem(template(text))).toContain('variable');
  });

  it('refuses every template in which a value could end up as anything but its argument', () => {
    const folder = mkdtempSync(join(tmpdir(), 'page-compiler-'));
    const part = fc.constantFrom(
      "'",
      '"',
      '\\',
      ' ',
      'x',
      '$',
      '(',
      ')',
      '`',
      '#',
      '{',
      '}',
      ';',
      '[',
      ']',
      '<',
      '{{ a }}',
    );
    const value = String.raw`'"\$(touch pwned)` + '`touch pwned`;touch pwned;#';
    const templates = fc
      .sample(fc.array(part, { minLength: 1, maxLength: 10 }), { numRuns: 6_000, seed: 3 })
      .map((parts) => `printf "%s\\0" ${parts.join('')}`)
      .filter((text) => text.includes('{{ a }}') && shellProblem(template(text)) === undefined);
    expect(templates.length).toBeGreaterThan(100);
    try {
      const lines = templates.map((text) => commandOf(text, { a: value }));
      const script = lines.map((line) => ('command' in line ? `sh -c ${quoted(line.command)}` : 'exit 9')).join('\n');
      execFileSync('sh', {
        cwd: folder,
        input: script,
        stdio: ['pipe', 'ignore', 'ignore'],
        env: { PATH: '/usr/bin:/bin' },
      });
    } catch {
      // Most of these are no commands at all; what counts is what they leave behind.
    }
    expect(readdirSync(folder).filter((file) => file.includes('pwned') && !file.includes('touch'))).toEqual([]);
    rmSync(folder, { recursive: true });
  }, 120_000);
});

const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
