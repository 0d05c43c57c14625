import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runAuthService, type RunningAuthService } from '../testing/running-auth-service.fixture.js';

const chosen = 'chosen before the start';

let auth: RunningAuthService;
beforeAll(async () => {
  auth = await runAuthService({ LAB_FIRST_ADMIN_PASSWORD: chosen });
});
afterAll(() => auth.stop());

it('takes the password of the configuration and writes it nowhere', async () => {
  expect(await auth.signIn('admin', chosen)).toHaveProperty('accessToken');
  expect(existsSync(auth.passwordFile)).toBe(false);
});
