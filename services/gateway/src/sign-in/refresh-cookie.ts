import type { CookieSerializeOptions } from '@fastify/cookie';

const hours = 3600;

export interface RefreshCookie {
  readonly name: string;
  readonly options: CookieSerializeOptions & { readonly path: '/' };
}

/**
 * `__Host-` binds the cookie to exactly this host and to secure connections; browsers take http://localhost for one.
 * A plain http address on another host is only for a closed test network: there browsers refuse `Secure`, so that the
 * cookie has to do without it and without the prefix.
 */
export function refreshCookieFor(publicUrl: string): RefreshCookie {
  const { protocol, hostname } = new URL(publicUrl);
  const secure = protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1';
  return {
    name: secure ? '__Host-lab-refresh' : 'lab-refresh',
    options: { path: '/', httpOnly: true, sameSite: 'strict', secure },
  };
}

/** Never shorter than an hour, so that a clock that is a little wrong signs nobody out. */
export const cookieAgeS = (refreshExpiresInS: number) => Math.max(refreshExpiresInS, hours);
