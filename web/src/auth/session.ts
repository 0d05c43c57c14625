import { AccessTokens, type IssuedToken } from './access-tokens.js';
import { send } from '../api/send.js';

type Ending = 'signedOut' | 'expired';
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('lab.auth');
const listeners = new Set<(ending: Ending) => void>();

async function refresh(): Promise<IssuedToken> {
  const response = await send('refresh', {});
  const token: IssuedToken = await response.json();
  return token;
}

export const accessTokens = new AccessTokens({
  refresh,
  exclusively: async (task) =>
    'locks' in navigator ? navigator.locks.request('lab.refresh', async () => task()) : task(),
});

/** Calls back when this browser session ends, in whichever tab it happened. */
export function onSessionEnd(listener: (ending: Ending) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function sessionExpired(): void {
  accessTokens.clear();
  for (const listener of listeners) listener('expired');
}

export async function signIn(username: string, password: string): Promise<void> {
  const response = await send('login', { body: { username, password } });
  const token: IssuedToken = await response.json();
  accessTokens.set(token);
}

export async function signOut(): Promise<void> {
  await send('logout', {});
  accessTokens.clear();
  channel?.postMessage('signedOut');
  for (const listener of listeners) listener('signedOut');
}

channel?.addEventListener('message', () => {
  accessTokens.clear();
  for (const listener of listeners) listener('signedOut');
});
