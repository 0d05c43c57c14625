import { PageUrl } from '@lab-orchestrator/contracts';

/** What an address on a page is. */
export type Target =
  | { kind: 'url'; url: string }
  /** Relative to the page's file, decoded; one of both may be empty. */
  | { kind: 'file'; path: string; anchor: string }
  | { kind: 'refused'; why: string };

const refused = (why: string): Target => ({ kind: 'refused', why });
// oxlint-disable-next-line no-control-regex -- browsers skip control characters in addresses, so they hide a scheme
const hidden = /[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

/** Sorts an address: https, http and mailto lead out, a relative path into the lab folder; nothing else is let through. */
export function targetOf(written: string): Target {
  if (written.length > 2_048) return refused('is too long');
  if (written.includes('{{')) return refused('holds a variable; variables are not replaced in addresses');
  const scheme = /^[^/?#]*?:/.exec(written)?.[0].toLowerCase();
  if (scheme !== undefined) return urlOf(written, scheme);
  if (written.startsWith('//') || written.includes('\\')) return refused('is neither relative nor https');
  const [beforeAnchor = '', ...rest] = written.split('#');
  const path = decode(beforeAnchor.split('?')[0] ?? '');
  const anchor = decode(rest.join('#'));
  if (hidden.test(path.replaceAll(' ', '')) || hidden.test(anchor))
    return refused('holds characters that cannot be seen');
  return { kind: 'file', path, anchor };
}

function urlOf(written: string, scheme: string): Target {
  if (!['https:', 'http:', 'mailto:'].includes(scheme) || hidden.test(written))
    return refused('is not allowed; links lead to https, http, mailto, or a file of the lab');
  const url = URL.canParse(written) ? new URL(written) : undefined;
  const isUsable =
    url !== undefined && url.username === '' && url.password === '' && PageUrl.safeParse(url.href).success;
  return isUsable ? { kind: 'url', url: url.href } : refused('is not a usable address');
}

function decode(text: string) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
