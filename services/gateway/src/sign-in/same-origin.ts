import { UserError } from '@lab-orchestrator/platform';
import type { IncomingHttpHeaders } from 'node:http';

/**
 * Routes that read or set the cookie are for our own pages. Browsers always send Origin with a POST; a program that
 * sends none has no other page's cookies either.
 */
export function requireSameOrigin({ origin, 'sec-fetch-site': site }: IncomingHttpHeaders, publicUrl: string): void {
  const fromOurPage = origin === publicUrl && (site === undefined || site === 'same-origin');
  const fromNoPage = origin === undefined && (site === undefined || site === 'same-origin' || site === 'none');
  if (fromOurPage || fromNoPage) return;
  throw new UserError('foreign_origin', { status: 403, detail: 'This is only possible on the platform’s own pages.' });
}
