import { ApiError } from '../api/api-error.js';

/** A text field of a form; empty when it is missing. */
export function textField(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** A text field that may be left empty. */
export const optionalField = (form: FormData, name: string): string | undefined =>
  textField(form, name).trim() || undefined;

/** What the server says about one field. */
export const fieldError = (error: unknown, path: string): string | undefined =>
  error instanceof ApiError ? error.errors.find((field) => field.path === path)?.message : undefined;
