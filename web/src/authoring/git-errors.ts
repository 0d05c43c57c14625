import type { TFunction } from 'i18next';
import { ApiError } from '../api/api-error.js';
import { fieldError } from '../ui/form-fields.js';
import { wordsFor } from '../ui/problem.js';

export type GitField = 'url' | 'ref' | 'path';

/** Which field has the codes of the server that are about one. */
const fieldOf: Readonly<Record<string, GitField>> = { git_unreachable: 'url', git_ref_not_found: 'ref' };

/** What the server says about each field of an import from git. */
export function gitErrors(error: unknown, t: TFunction): Partial<Record<GitField, string>> {
  if (!(error instanceof ApiError)) return {};
  const field = fieldOf[error.code];
  return Object.fromEntries(
    (['url', 'ref', 'path'] as const).flatMap((name) => {
      const message = fieldError(error, `git.${name}`) ?? (field === name ? wordsFor(error, t).text : undefined);
      return message === undefined ? [] : [[name, message]];
    }),
  );
}

/** All that was said stands at a field; nothing is left to say below. */
export const isToldAtFields = (error: unknown, t: TFunction): boolean => {
  const told = Object.keys(gitErrors(error, t)).length;
  return told > 0 && error instanceof ApiError && error.errors.length <= told;
};
