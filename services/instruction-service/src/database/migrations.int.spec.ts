import { testDatabase } from '@lab-orchestrator/dev/testing';
import { migrate, revert } from '@lab-orchestrator/platform';
import { Client } from 'pg';
import { expect, it } from 'vitest';
import { migrations } from './migrations.js';

const tables = async (client: Client) => {
  const { rows } = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'instruction' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
};

it('go up, down to nothing, and up again', async () => {
  const { url, drop } = await testDatabase();
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const options = { url, schema: 'instruction', migrations };
    await migrate(options);
    const all = await tables(client);
    expect(all).toEqual(
      expect.arrayContaining(['answers', 'instructions', 'participants', 'sessions', 'step_log', 'steps']),
    );
    await revert(options, migrations.length);
    expect(await tables(client)).toEqual(['migrations']);
    await migrate(options);
    expect(await tables(client)).toEqual(all);
    expect(await migrate(options)).toEqual([]);
  } finally {
    await client.end();
    await drop();
  }
});
