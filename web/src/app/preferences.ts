import { recall, remember } from './local-store.js';

export const themes = ['light', 'dark', 'system'] as const;
export type Theme = (typeof themes)[number];

export const isTheme = (value: string): value is Theme => value === 'light' || value === 'dark' || value === 'system';

/** The chosen theme; the same key is read by theme.js before the first paint. */
export function chosenTheme(): Theme {
  const stored = recall('lab.theme') ?? 'system';
  return isTheme(stored) ? stored : 'system';
}
export const rememberTheme = (theme: Theme) => remember('lab.theme', theme);

export const highContrast = () => document.documentElement.dataset['contrast'] === 'more';
export function setHighContrast(on: boolean): void {
  remember('lab.contrast', on ? 'more' : '');
  if (on) document.documentElement.dataset['contrast'] = 'more';
  else delete document.documentElement.dataset['contrast'];
}
