/** Quoted for SQL text: schema names cannot be parameters. */
export function quoteSchema(schema: string) {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(schema)) throw new TypeError(`"${schema}" is not a schema name`);
  return `"${schema}"`;
}
