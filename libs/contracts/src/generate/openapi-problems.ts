import type { Route } from '../routes/route.js';
import type { JsonSchema } from './schemas.js';

/** Which problems there are, by status: the name of the response and an example of it. */
const problems = {
  400: { name: 'InvalidRequest', code: 'invalid_request', text: 'Something that was sent is not valid' },
  401: { name: 'Unauthenticated', code: 'unauthenticated', text: 'Nobody is signed in, or no longer' },
  403: { name: 'Forbidden', code: 'forbidden', text: 'The role or the scope does not allow it' },
  404: { name: 'NotFound', code: 'not_found', text: 'It does not exist, or it is not yours' },
  409: { name: 'Conflict', code: 'conflict', text: 'The state does not allow it' },
  412: { name: 'PreconditionFailed', code: 'precondition_failed', text: 'Somebody has changed it since If-Match' },
  413: { name: 'TooLarge', code: 'too_large', text: 'More bytes than are accepted' },
  422: { name: 'KeyReused', code: 'idempotency_key_reused', text: 'The Idempotency-Key belongs to another request' },
  429: { name: 'TooManyRequests', code: 'too_many_requests', text: 'Too many calls; `Retry-After` says when to go on' },
  503: {
    name: 'Unavailable',
    code: 'temporarily_unavailable',
    text: 'A service is away; `Retry-After` says when to try',
  },
} as const;
type Status = keyof typeof problems;

const requestId = 'b7f0c6d2-3a51-4c8e-9e0f-2d4b6a8c0e1f';

/** Every kind of problem, for the document's components. */
export function problemResponses(): Record<string, JsonSchema> {
  const entries = Object.entries(problems).map(([status, { name, code, text }]) => [
    name,
    {
      description: text,
      ...((status === '429' || status === '503') && {
        headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds' } },
      }),
      content: {
        'application/problem+json': {
          schema: { $ref: '#/components/schemas/Problem' },
          example: exampleOf(Number(status), code, text),
        },
      },
    },
  ]);
  return Object.fromEntries(entries);
}

/** The problems one route may answer with. */
export function problemsOf(route: Route): Record<string, JsonSchema> {
  const restricted = route.audience !== 'public';
  const takesInput = route.method !== 'GET' || route.path.includes('{') || hasFields(route);
  const statuses: Status[] = [
    ...(takesInput ? ([400] as const) : []),
    401,
    ...(restricted || route.tag === 'Sign in' ? ([403] as const) : []),
    ...(route.path.includes('{') ? ([404] as const) : []),
    ...(route.method !== 'GET' ? ([409] as const) : []),
    ...((route.etag && route.method !== 'GET') || route.headers?.['If-Match'] ? ([412] as const) : []),
    ...(route.method !== 'GET' ? ([413] as const) : []),
    ...(route.idempotent ? ([422] as const) : []),
    429,
    503,
  ];
  return Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/${problems[status].name}` }]),
  );
}

function hasFields({ query }: Route) {
  return (
    'shape' in query && typeof query.shape === 'object' && query.shape !== null && Object.keys(query.shape).length > 0
  );
}

function exampleOf(status: number, code: string, detail: string) {
  const errors = status === 400 ? { errors: [{ path: 'labId', message: 'Invalid UUID' }] } : {};
  const wait = status === 429 || status === 503 ? { retryAfterS: 2 } : {};
  return { type: 'about:blank', title: detail, status, code, requestId, ...errors, ...wait };
}
