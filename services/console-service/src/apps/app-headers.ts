import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** Host-only, so that one lab's pages can never set or read it for another's. */
export const visitCookie = '__Host-lab-app';

const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const cookiesOf = (header: string | undefined) => (header ?? '').split(';').map((pair) => pair.trim());

/** The visit's cookie, or undefined. */
export const visitCookieOf = (headers: IncomingHttpHeaders): string | undefined =>
  cookiesOf(headers.cookie)
    .find((pair) => pair.startsWith(`${visitCookie}=`))
    ?.slice(visitCookie.length + 1);

/** What the lab's app gets to see: everything but our cookie and what belongs to this hop. */
export function headersForApp(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const kept = Object.entries(headers).filter(([name]) => !hopByHop.has(name) && name !== 'cookie');
  const cookie = cookiesOf(headers.cookie)
    .filter((pair) => pair !== '' && !pair.startsWith(`${visitCookie}=`))
    .join('; ');
  return { ...Object.fromEntries(kept), ...(cookie && { cookie }) };
}

/** Cookies of an app stay on its own host name: a domain would let one lab reach another's pages. */
const hostOnly = (setCookie: string) =>
  setCookie
    .split(';')
    .filter((part) => !/^\s*domain\s*=/i.test(part))
    .join(';');

/** What the browser gets from the lab's app. */
export function headersFromApp(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const kept = Object.entries(headers).filter(([name]) => !hopByHop.has(name) && name !== 'set-cookie');
  const setCookie = (headers['set-cookie'] ?? [])
    .filter((cookie) => !cookie.trimStart().toLowerCase().startsWith(visitCookie.toLowerCase()))
    .map(hostOnly);
  return {
    ...Object.fromEntries(kept),
    ...(setCookie.length > 0 && { 'set-cookie': setCookie }),
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex',
  };
}
