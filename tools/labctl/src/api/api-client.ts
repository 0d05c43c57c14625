import { apiPrefix, Problem, type Route } from '@lab-orchestrator/contracts';
import type { z } from 'zod';
import { CommandError, exitCodes } from '../output/exit-codes.js';

export interface CallOptions<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> {
  params?: z.output<Params>;
  query?: z.input<Query>;
  body?: z.input<Body>;
  form?: FormData;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Calls the public API. What it answers is parsed by the route's own schema. */
export class ApiClient {
  constructor(
    readonly url: string,
    private readonly token?: string,
  ) {}

  async call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, Reply extends z.ZodType>(
    route: Route<P, Q, B, Reply>,
    options: CallOptions<P, Q, B> = {},
  ): Promise<z.output<Reply>> {
    const response = await this.send(route, options);
    const reply: unknown = response.status === 204 ? {} : await response.json();
    const parsed = route.reply.safeParse(reply);
    if (parsed.success) return parsed.data;
    throw new CommandError(
      exitCodes.failed,
      `${route.method} ${route.path}: the answer does not fit this version of labctl`,
      'version_mismatch',
    );
  }

  /** The answer itself, for streams and files. */
  async send<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, Reply extends z.ZodType>(
    route: Route<P, Q, B, Reply>,
    options: CallOptions<P, Q, B> = {},
  ): Promise<Response> {
    const { form, body, signal } = options;
    const response = await fetch(`${this.url}${apiPrefix}${pathOf(route, options)}`, {
      method: route.method,
      headers: {
        origin: new URL(this.url).origin,
        ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(route.idempotent && { 'idempotency-key': crypto.randomUUID() }),
        ...options.headers,
      },
      body: form ?? (body === undefined ? null : JSON.stringify(body)),
      signal: signal ?? null,
    }).catch((error: unknown) => {
      if (signal?.aborted) throw error;
      throw new CommandError(exitCodes.unreachable, `${this.url} cannot be reached.`, 'unreachable');
    });
    if (response.ok) return response;
    throw await refusalOf(response);
  }
}

function pathOf(route: Pick<Route, 'path'>, { params, query }: { params?: unknown; query?: unknown }): string {
  const values = new Map(Object.entries(params ?? {}));
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, key: string) => {
    const value = encodeURIComponent(String(values.get(key)));
    return key === 'path' ? value.replaceAll('%2F', '/') : value;
  });
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(key, String(value));
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}

async function refusalOf(response: Response): Promise<CommandError> {
  const problem = Problem.safeParse(await response.json().catch(() => undefined)).data;
  const { title = `answered ${response.status}`, detail, code = 'failed', errors = [], requestId } = problem ?? {};
  const lines = [
    detail ?? title,
    ...errors.map(({ path, message }) => `  ${path === '' ? 'body' : path}: ${message}`),
    ...(requestId === undefined ? [] : [`  request ${requestId}`]),
  ];
  return new CommandError(exitCodeOf(response.status), lines.join('\n'), code);
}

function exitCodeOf(status: number) {
  if (status === 401) return exitCodes.signedOut;
  if (status >= 500 || status === 429) return exitCodes.unreachable;
  return exitCodes.refused;
}
