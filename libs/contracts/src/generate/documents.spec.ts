import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { labSchemaDocument } from './lab-schema.js';
import type { Route } from '../routes/route.js';
import { routes } from '../routes/routes.js';
import { documents } from './documents.js';
import { routeExamples } from './examples/route-examples.js';
import { openApiDocument } from './openapi.js';

const docs = new URL('../../../../docs/', import.meta.url);
const table = Object.entries<Route>(routes).map(([name, route]) => ({ name, route }));

describe('the generated documents', () => {
  it.each(Object.entries(documents))('docs/%s is current; otherwise run npm run generate', async (name, text) => {
    expect(await readFile(new URL(name, docs), 'utf8')).toBe(text());
  });

  it.each(Object.entries(documents))('docs/%s refers to nothing that is missing', (_, text) => {
    const document = text();
    const defined = new Set([...document.matchAll(/^\s*"?(\w+)"?:(?: \{)?$/gm)].map(([, name]) => name));
    const used = [...document.matchAll(/\$ref"?: "?#\/(?:[\w$]+\/)*(\w+)"?/g)].map(([, name]) => name);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((name) => !defined.has(name))).toEqual([]);
  });
});

describe('the API reference', () => {
  it('has an operation for every route', () => {
    const { paths } = z
      .object({ paths: z.record(z.string(), z.record(z.string(), z.object({ operationId: z.string() }))) })
      .parse(openApiDocument());
    const operations = Object.values(paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(operations.toSorted()).toEqual(table.map(({ name }) => name).toSorted());
  });

  it.each(table.filter(({ route }) => !route.media?.reply))('shows a valid answer of $name', ({ name, route }) => {
    expect(route.reply.safeParse(routeExamples[name]?.reply).error?.issues).toBeUndefined();
  });

  it.each(table.filter(({ name }) => routeExamples[name]?.body))('shows a valid body of $name', ({ name, route }) => {
    expect(route.body.safeParse(routeExamples[name]?.body).error?.issues).toBeUndefined();
  });

  it('shows a body wherever one is needed', () => {
    const needed = table.filter(({ route }) => !route.body.safeParse({}).success);
    expect(needed.filter(({ name }) => !routeExamples[name]?.body).map(({ name }) => name)).toEqual([]);
  });
});

describe('the schema of lab.yaml', () => {
  it('requires what has no default, and knows no other field', () => {
    expect(labSchemaDocument()).toMatchObject({
      required: ['apiVersion', 'id', 'title', 'systems'],
      additionalProperties: false,
    });
  });
});
