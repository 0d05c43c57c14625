import { Problem } from '../messaging/problem.js';
import type { Route } from '../routes/route.js';
import { apiPrefix, routes } from '../routes/routes.js';
import { operationOf } from './openapi-operation.js';
import { problemResponses } from './openapi-problems.js';
import { type JsonSchema, Schemas } from './schemas.js';

const description = `Everything the platform can do, as its own web app uses it.

Send \`Authorization: Bearer <token>\`: an access token of a signed-in browser, or an API token (\`lab_…\`) with scopes.
Errors are \`application/problem+json\` (RFC 9457) with a stable \`code\` and the \`requestId\` of the log. Objects that are
not yours answer 404. Lists take \`limit\` and \`cursor\` and answer \`{ items, nextCursor? }\`. Times are RFC 3339 in UTC,
sizes are bytes, durations carry their unit in the name.`;

/** The OpenAPI 3.1 document of the table of routes. */
export function openApiDocument(): JsonSchema {
  const schemas = new Schemas('#/components/schemas/');
  schemas.refer(Problem, 'output');
  const paths: Record<string, JsonSchema> = {};
  for (const [name, route] of Object.entries<Route>(routes)) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(name, route, schemas) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Lab Orchestrator',
      version: '1.0.0',
      description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: apiPrefix }],
    tags: tagsOf(Object.values(routes)),
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'An access token or an API token' } },
      responses: problemResponses(),
      schemas: schemas.all(),
    },
  };
}

function tagsOf(all: readonly Route[]) {
  return [...new Set(all.map(({ tag }) => tag))].map((name) => ({ name }));
}
