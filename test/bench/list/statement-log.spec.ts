import { expect, it } from 'vitest';
import { statementsOf } from './statement-log.ts';

it('reads what one application asked, with its parameters', () => {
  const log = [
    '<<lab-service>>LOG:  execute <unnamed>: SELECT a FROM b',
    '\tWHERE c = $1 AND d = $2',
    "<<lab-service>>DETAIL:  parameters: $1 = 'it''s', $2 = '5'",
    '<<relay>>LOG:  execute outbox-unsent: SELECT 1 WHERE $1',
    "<<relay>>DETAIL:  parameters: $1 = '500'",
    '<<lab-service>>LOG:  statement: BEGIN',
    '<<lab-service>>LOG:  execute <unnamed>: SELECT 2',
    '',
  ].join('\n');
  expect(statementsOf(log, 'lab-service')).toEqual([
    { text: 'SELECT a FROM b\nWHERE c = $1 AND d = $2', values: ["it's", '5'] },
    { text: 'SELECT 2\n', values: [] },
  ]);
});
