import type { TFunction } from 'i18next';
import type { ItemOf } from '../api/routes.js';

export type Quota = ItemOf<'listQuotas'>;

/** For whom a quota is, in words. */
export function scopeText(scope: string, t: TFunction): string {
  if (scope === 'platform' || scope === 'user' || scope === 'lab') return t(`operation.scopes.${scope}`);
  const [kind, id = ''] = scope.split(':');
  return t(kind === 'user' ? 'operation.onePerson' : 'operation.oneLab', { id });
}
