// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/api-error.js';
import { AccessTokens } from './access-tokens.js';

function setUp(refresh = async () => ({ accessToken: 'fresh', expiresInS: 600 })) {
  const clock = { now: 0 };
  const asked = vi.fn(refresh);
  const tokens = new AccessTokens({ refresh: asked, exclusively: (task) => task(), now: () => clock.now });
  return { tokens, asked, clock };
}

describe('AccessTokens', () => {
  it('asks once, however many need a token at the same time', async () => {
    const { tokens, asked } = setUp();
    const all = await Promise.all([tokens.get(), tokens.get(), tokens.replace('old')]);
    expect(all).toEqual(['fresh', 'fresh', 'fresh']);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('keeps a good token and renews it before it expires', async () => {
    const { tokens, asked, clock } = setUp();
    tokens.set({ accessToken: 'first', expiresInS: 60 });
    expect(await tokens.get()).toBe('first');
    clock.now = 51_000;
    expect(await tokens.get()).toBe('fresh');
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('does not renew again when another request already did', async () => {
    const { tokens, asked } = setUp();
    tokens.set({ accessToken: 'second', expiresInS: 600 });
    expect(await tokens.replace('first')).toBe('second');
    expect(asked).not.toHaveBeenCalled();
  });

  it('says that nobody is signed in when the cookie is refused', async () => {
    const { tokens } = setUp(async () => {
      throw new ApiError({ status: 401, code: 'unauthenticated', detail: '' });
    });
    expect(await tokens.get()).toBeUndefined();
  });

  it('does not sign anybody out because the server does not answer', async () => {
    const { tokens } = setUp(async () => {
      throw new ApiError({ status: 0, code: 'unreachable', detail: '' });
    });
    await expect(tokens.get()).rejects.toMatchObject({ code: 'unreachable' });
  });
});
