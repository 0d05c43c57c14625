import { ListKeys } from '@lab-orchestrator/contracts';
import { decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runAuthService, type RunningAuthService } from '../testing/running-auth-service.fixture.js';
import { KeyRing } from './key-ring.js';

let auth: RunningAuthService;
beforeAll(async () => {
  auth = await runAuthService();
});
afterAll(() => auth.stop());

const ring = () => auth.service.app.get(KeyRing);
const kids = async () => (await auth.requests.call(ListKeys, {})).keys.map(({ kid }) => String(kid));
const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);

it('publishes the next key before it signs, and the old one until its tokens have expired', async () => {
  const [first = ''] = await kids();
  await ring().rotate();
  const [second = '', ...others] = await kids();
  expect(others).toEqual([first]);
  const { accessToken } = await auth.signIn('admin', auth.adminPassword);
  expect(decodeProtectedHeader(accessToken).kid).toBe(first);
  expect((await ring().signer(later(11))).kid).toBe(second);
  await ring().refresh(later(20));
  expect(await kids()).toEqual([second, first]);
  await ring().refresh(later(22));
  expect(await kids()).toEqual([second]);
});

it('survives a restart', async () => {
  const before = await kids();
  await auth.restart();
  expect(await kids()).toEqual(before);
});
