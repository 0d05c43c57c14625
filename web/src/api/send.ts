import { apiPrefix, routes } from 'virtual:contract';
import { errorOf, unreachable } from './api-error.js';
import type { CommonOptions, RouteName } from './routes.js';
import { observeServerDate } from './server-clock.js';

export interface LooseOptions extends CommonOptions {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  /** Resumes the event stream after this event. */
  lastEventId?: string;
  accept?: string;
}

/** The address of a route with its parameters filled in. */
export function urlOf(name: RouteName, options: LooseOptions = {}): string {
  // `{path}` stands for the rest of a path: its slashes stay.
  const path = routes[name].path.replaceAll(/\{(\w+)\}/g, (_, key: string) => {
    const value = encodeURIComponent(String(options.params?.[key]));
    return key === 'path' ? value.replaceAll('%2F', '/') : value;
  });
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(options.query ?? {})) {
    if (value !== undefined && value !== '') query.set(key, String(value));
  }
  const search = query.toString();
  return `${apiPrefix}${path}${search === '' ? '' : `?${search}`}`;
}

/** One HTTP request; anything but success throws an `ApiError`. */
export async function send(name: RouteName, options: LooseOptions, accessToken?: string): Promise<Response> {
  const response = await fetch(urlOf(name, options), {
    method: routes[name].method,
    headers: headersOf(name, options, accessToken),
    body: options.form ?? (options.body === undefined ? null : JSON.stringify(options.body)),
    signal: options.signal ?? null,
    credentials: 'same-origin',
  }).catch((error: unknown) => {
    throw options.signal?.aborted ? error : unreachable();
  });
  observeServerDate(response.headers.get('date'));
  if (!response.ok) throw await errorOf(response);
  return response;
}

export function headersOf(name: RouteName, options: LooseOptions, accessToken?: string): Record<string, string> {
  return {
    Accept: options.accept ?? 'application/json',
    ...(options.lastEventId !== undefined && { 'Last-Event-ID': options.lastEventId }),
    ...(options.body !== undefined && options.form === undefined && { 'Content-Type': 'application/json' }),
    ...(accessToken !== undefined && { Authorization: `Bearer ${accessToken}` }),
    ...(routes[name].idempotent && { 'Idempotency-Key': options.idempotencyKey ?? crypto.randomUUID() }),
    ...(options.ifMatch !== undefined && { 'If-Match': options.ifMatch }),
    ...(options.ifNoneMatch !== undefined && { 'If-None-Match': options.ifNoneMatch }),
  };
}
