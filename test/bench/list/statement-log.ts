import pg from 'pg';

/** One statement as the database was asked it. */
export interface Statement {
  text: string;
  values: string[];
}

const start = /<<([^>]*)>>LOG: {2}execute [^:]+: /;
const detail = /^<<[^>]*>>DETAIL: {2}(?:P|p)arameters: (.*)$/;

/** What PostgreSQL prints about statements, by the application that sends them. */
export class StatementLog {
  private text = '';

  /** To be given to the server as `onOutput`. */
  readonly read = (chunk: Buffer) => void (this.text += chunk.toString('utf8'));

  /** Runs the work and answers with the statements which that application sent meanwhile. */
  async during(url: string, application: string, work: () => Promise<unknown>): Promise<Statement[]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const set = async (what: string) => {
      await client.query(`ALTER SYSTEM SET ${what}`);
      await client.query('SELECT pg_reload_conf()');
      // Sessions read their settings again before their next statement, once the signal has reached them.
      await new Promise((resolve) => setTimeout(resolve, 500));
    };
    await set(`log_line_prefix = '<<%a>>'`);
    await set(`log_statement = 'all'`);
    this.text = '';
    await work();
    await set(`log_statement = 'none'`);
    await client.end();
    return statementsOf(this.text, application);
  }
}

/** Statements with parameters, in the order in which they came; one may have many lines. */
export function statementsOf(log: string, application: string): Statement[] {
  const found: Statement[] = [];
  let current: Statement | undefined;
  for (const line of log.split('\n')) {
    const begin = start.exec(line);
    const parameters = detail.exec(line)?.[1];
    if (begin !== null) {
      current = begin[1] === application ? { text: line.slice(begin[0].length), values: [] } : undefined;
      if (current) found.push(current);
    } else if (parameters !== undefined) {
      if (current) current.values = valuesOf(parameters);
      current = undefined;
    } else if (line.startsWith('<<')) current = undefined;
    else if (current) current.text += `\n${line.replace(/^\t/, '')}`;
  }
  return found;
}

/** `$1 = 'it''s', $2 = '5'` */
const valuesOf = (text: string) =>
  [...text.matchAll(/\$\d+ = '((?:[^']|'')*)'/g)].map(([, value = '']) => value.replaceAll("''", "'"));
