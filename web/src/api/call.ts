import { ApiError } from './api-error.js';
import type { OptionsArgument, ReplyTo, RouteName } from './routes.js';
import { send, type LooseOptions } from './send.js';
import { accessTokens, sessionExpired } from '../auth/session.js';

/**
 * Calls a route of the API: `call('getSession', { params: { sessionId } })`.
 * A refused access token is renewed once; when that fails too, the browser session has ended.
 */
export async function call<N extends RouteName>(name: N, ...[options]: OptionsArgument<N>): Promise<ReplyTo<N>> {
  const response = await withToken((token) => send(name, options ?? {}, token));
  const reply: ReplyTo<N> = await response.json();
  return reply;
}

/** A file behind the sign-in: media of a lab, a table for spreadsheets. */
export async function download<N extends RouteName>(name: N, ...[options]: OptionsArgument<N>): Promise<Blob> {
  const response = await withToken((token) => send(name, { ...options, accept: '*/*' }, token));
  return response.blob();
}

/** A file with the headers it came with. */
export const fetchFile = (name: RouteName, options: Pick<LooseOptions, 'params' | 'signal'>): Promise<Response> =>
  withToken((token) => send(name, { ...options, accept: '*/*' }, token));

/** An open stream of bytes: the live events. */
export async function openStream(name: RouteName, signal: AbortSignal, lastEventId?: string): Promise<Response> {
  return withToken((token) =>
    send(name, { signal, accept: 'text/event-stream', ...(lastEventId !== undefined && { lastEventId }) }, token),
  );
}

/** Runs a request with a good access token. */
export async function withToken<T>(request: (token: string) => Promise<T>): Promise<T> {
  const token = await accessTokens.get();
  if (token === undefined) throw ended();
  try {
    return await request(token);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    const fresh = await accessTokens.replace(token);
    if (fresh === undefined) throw ended();
    return request(fresh);
  }
}

function ended() {
  sessionExpired();
  return new ApiError({ status: 401, code: 'signed_out', detail: '' });
}
