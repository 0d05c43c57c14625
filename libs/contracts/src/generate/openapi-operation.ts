import type { z } from 'zod';
import type { Route } from '../routes/route.js';
import { routeExamples } from './examples/route-examples.js';
import { problemsOf } from './openapi-problems.js';
import { asObject, type JsonSchema, type Schemas } from './schemas.js';

const audiences = {
  public: 'Everybody.',
  user: 'Everybody who is signed in.',
  staff: 'Lecturers and administrators.',
  admin: 'Administrators.',
} as const;
const multipart = 'multipart/form-data';
const binary = new Set(['application/octet-stream', 'application/zip']);

/** One route as an OpenAPI operation. */
export function operationOf(name: string, route: Route, schemas: Schemas): JsonSchema {
  const parameters = [
    ...inPlace('path', route.params, schemas),
    ...inPlace('query', route.query, schemas),
    ...headersOf(route),
  ];
  const requestBody = bodyOf(name, route, schemas);
  return {
    operationId: name,
    tags: [route.tag],
    summary: route.summary,
    description: descriptionOf(route),
    ...(route.audience === 'public' && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: { [route.status]: answerOf(name, route, schemas), ...problemsOf(route) },
  };
}

function descriptionOf({ audience, scope }: Route) {
  return audience === 'public' ? audiences.public : `${audiences[audience]} API tokens need the scope \`${scope}\`.`;
}

function inPlace(place: 'path' | 'query', schema: z.ZodType, schemas: Schemas): JsonSchema[] {
  const { properties, required } = schemas.inline(schema, 'input');
  const needed = Array.isArray(required) ? required : [];
  return Object.entries(asObject(properties)).map(([name, property]) => ({
    name,
    in: place,
    ...((place === 'path' || needed.includes(name)) && { required: true }),
    schema: property,
  }));
}

function headersOf(route: Route): JsonSchema[] {
  const header = (name: string, description: string) => ({
    name,
    in: 'header',
    description,
    schema: { type: 'string' },
  });
  return [
    ...(route.idempotent ? [header('Idempotency-Key', 'A repeat within 24 hours gets the first answer')] : []),
    ...(route.etag && route.method !== 'GET'
      ? [header('If-Match', 'The ETag that was read before; 412 when it changed since')]
      : []),
    ...Object.entries(route.headers ?? {}).map(([name, description]) => header(name, description)),
    ...(route.media?.reply === 'text/event-stream'
      ? [header('Last-Event-ID', 'The last event seen, to go on from there')]
      : []),
  ];
}

function bodyOf(name: string, route: Route, schemas: Schemas): JsonSchema | undefined {
  const example = routeExamples[name]?.body;
  const json = !isEmpty(route.body) && {
    'application/json': { schema: schemas.refer(route.body, 'input'), ...(example !== undefined && { example }) },
  };
  const upload = route.media?.request === multipart && {
    [multipart]: {
      schema: { type: 'object', properties: { archive: { type: 'string', format: 'binary' } }, required: ['archive'] },
    },
  };
  return json || upload ? { required: true, content: { ...json, ...upload } } : undefined;
}

function answerOf(name: string, route: Route, schemas: Schemas): JsonSchema {
  const example = routeExamples[name]?.reply;
  const media = route.media?.reply;
  const content = media
    ? { [media]: { schema: { type: 'string', ...(binary.has(media) && { format: 'binary' }) } } }
    : {
        'application/json': { schema: schemas.refer(route.reply, 'output'), ...(example !== undefined && { example }) },
      };
  return {
    description: route.summary,
    headers: {
      'X-Request-Id': { schema: { type: 'string' }, description: 'Quote it when you ask for help' },
      ...(route.etag && {
        ETag: { schema: { type: 'string' }, description: media ? 'The digest of the content' : 'The revision' },
      }),
    },
    content,
  };
}

function isEmpty(schema: z.ZodType) {
  return (
    'shape' in schema &&
    typeof schema.shape === 'object' &&
    schema.shape !== null &&
    Object.keys(schema.shape).length === 0
  );
}
