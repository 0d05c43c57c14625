import { randomBytes } from 'node:crypto';
import { Api } from './api.ts';
import type { Login } from './product.ts';

/** Somebody whom no other spec knows: what is open and chosen is theirs alone. */
export async function addLearner(url: string, admin: Login, displayName: string): Promise<Login> {
  const login = { username: `learner-${randomBytes(4).toString('hex')}`, password: randomBytes(16).toString('hex') };
  const api = await Api.signIn(url, admin);
  await api.call('POST', '/users', { ...login, displayName, role: 'learner' });
  return login;
}
