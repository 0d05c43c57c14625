import { describe, expect, it } from 'vitest';
import { ListUsers } from './users.js';
import { ListLabs } from './labs.js';
import { ListSessions } from './sessions.js';

describe('queries of lists', () => {
  it.each([
    ['users', ListUsers, { limit: '10', disabled: 'false' }, { limit: 10, disabled: false }],
    ['labs', ListLabs, { mine: '1', archived: 'no' }, { mine: true, archived: false }],
    ['sessions', ListSessions, { mine: 'true' }, { mine: true }],
  ])('of %s read text from a URL, and what they have read before', (_, schema, text, values) => {
    const parsed = schema.parse(text);
    expect(parsed).toMatchObject(values);
    expect(schema.parse(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
  });

  it.each([{ limit: 0 }, { limit: 201 }, { limit: 'x' }, { disabled: 'maybe' }, { surprise: 1 }])(
    'refuse %j',
    (query) => {
      expect(ListUsers.safeParse(query).success).toBe(false);
    },
  );
});
