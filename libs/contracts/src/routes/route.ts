import { z } from 'zod';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
/** Who may call a route at all; whether this object is theirs is decided by the service that owns it. */
export type Audience = 'public' | 'user' | 'staff' | 'admin';

const none = z.strictObject({});
type None = typeof none;

/** One HTTP route of the public API, below `/api/v1`. */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> {
  readonly method: Method;
  /** `{name}` stands for a path parameter. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly audience: Audience;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly reply: Reply;
  readonly status: number;
  /** Scope an API token needs. */
  readonly scope: 'read' | 'sessions' | 'labs' | 'admin';
  /** Accepts `Idempotency-Key`. */
  readonly idempotent: boolean;
  /** Answers with an ETag and honours If-Match. */
  readonly etag: boolean;
  /** Further request headers, and what they do. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What the body or the answer is when it is not JSON. */
  readonly media?: { readonly request?: string; readonly reply?: string };
  readonly examples?: { readonly body?: z.input<Body>; readonly reply?: z.input<Reply> };
}

type Options<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> = Pick<
  Route,
  'tag' | 'summary' | 'audience'
> & {
  params?: P;
  query?: Q;
  body?: B;
  reply: R;
  status?: number;
  scope?: Route['scope'];
  etag?: boolean;
  headers?: Route['headers'];
  media?: Route['media'];
  examples?: Route<P, Q, B, R>['examples'];
};

/** Defines a route: `defineRoute('POST', '/sessions', { … })`. POSTs that answer 201 are idempotent by key. */
export function defineRoute<
  P extends z.ZodType = None,
  Q extends z.ZodType = None,
  B extends z.ZodType = None,
  R extends z.ZodType = None,
>(
  method: Method,
  path: string,
  options: Options<P, Q, B, R> & (P extends None ? unknown : { params: P }),
): Route<P, Q, B, R>;
export function defineRoute(
  method: Method,
  path: string,
  options: Options<z.ZodType, z.ZodType, z.ZodType, z.ZodType>,
): Route {
  const status = options.status ?? 200;
  return {
    method,
    path,
    params: none,
    query: none,
    body: none,
    etag: false,
    scope: 'read',
    ...options,
    status,
    idempotent: method === 'POST' && status === 201,
  };
}

export type ParamsOf<R extends Route> = z.output<R['params']>;
export type QueryInputOf<R extends Route> = z.input<R['query']>;
export type BodyInputOf<R extends Route> = z.input<R['body']>;
export type RouteReplyOf<R extends Route> = z.output<R['reply']>;
