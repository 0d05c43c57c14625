import { describe, expect, it } from 'vitest';
import { parseUserCsv } from './user-csv.js';

const header = 'username,displayName,email,role';

describe('parseUserCsv', () => {
  it('reads people; an empty address is none', () => {
    const { people, errors } = parseUserCsv(
      `${header}\nada,Ada Lovelace,ada@example.org,lecturer\nbob,"Bob, B.",,learner\n`,
    );
    expect(errors).toEqual([]);
    expect(people).toEqual([
      { line: 2, person: { username: 'ada', displayName: 'Ada Lovelace', email: 'ada@example.org', role: 'lecturer' } },
      { line: 3, person: { username: 'bob', displayName: 'Bob, B.', role: 'learner' } },
    ]);
  });

  it.each([
    ['a byte order mark and Windows line ends', `\ufeff${header}\r\nada,Ada,,learner\r\n`],
    ['semicolons, as spreadsheets in many countries write them', 'username;displayName;email;role\nada;Ada;;learner'],
    ['another order of the columns', 'role,username,displayName\nlearner,ada,Ada'],
    ['empty lines and spaces', `${header}\n\n ada , Ada ,, learner \n\n`],
  ])('accepts %s', (_, csv) => {
    const { people, errors } = parseUserCsv(csv);
    expect(errors).toEqual([]);
    expect(people.map(({ person }) => person)).toEqual([{ username: 'ada', displayName: 'Ada', role: 'learner' }]);
  });

  it.each([
    ['a wrong role', 'ada,Ada,,owner', 'role'],
    ['capitals in the name', 'Ada,Ada,,learner', 'username'],
    ['no name to show', 'ada,,,learner', 'displayName'],
    ['a broken address', 'ada,Ada,ada@,learner', 'email'],
  ])('names line and field of %s, and still reads the others', (_, line, field) => {
    const { people, errors } = parseUserCsv(`${header}\n${line}\nbob,Bob,,learner`);
    expect(errors).toEqual([expect.objectContaining({ line: 2, field })]);
    expect(people).toHaveLength(1);
  });

  it('finds the same name twice', () => {
    const { errors } = parseUserCsv(`${header}\nada,Ada,,learner\nada,Ada,,learner`);
    expect(errors).toEqual([{ line: 3, field: 'username', message: 'is in line 2 already' }]);
  });

  it.each([
    ['nothing but a header', header, 'at least one person'],
    ['an unknown column', 'username,displayName,role,password\na,b,learner,c', 'unknown column password'],
    ['a missing column', 'username,role\nada,learner', 'column displayName is missing'],
    ['an open quote', `${header}\n"ada,Ada,,learner`, 'Quote Not Closed'],
    ['a line with too many fields', `${header}\nada,Ada,,learner,x`, 'Invalid Record Length'],
    ['too many lines', `${header}\n${'ada,Ada,,learner\n'.repeat(2001)}`, 'at most 2000'],
  ])('refuses %s as a whole', (_, csv, message) => {
    const { people, errors } = parseUserCsv(csv);
    expect(people).toEqual([]);
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toContain(message);
  });
});
