import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { remember, recall } from '../app/local-store.js';
import type { Texts } from './en/index.js';

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Texts };
  }
}

const load: Record<Language, () => Promise<Texts>> = {
  en: async () => (await import('./en/index.js')).en,
  de: async () => (await import('./de/index.js')).de,
};

const isLanguage = (value: string | undefined): value is Language => value === 'en' || value === 'de';

/** What the person chose here before, else what the browser asks for. */
export function preferredLanguage(): Language {
  const chosen = recall('lab.language');
  if (isLanguage(chosen)) return chosen;
  return navigator.language.startsWith('de') ? 'de' : 'en';
}

export async function startTexts(): Promise<void> {
  const language = preferredLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation: await load[language]() } },
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = language;
}

/** Changes the language of the page; only the chosen one is ever loaded. */
export async function switchLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await load[language]());
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  remember('lab.language', language);
}

/** The language of the page. */
export const currentLanguage = (): Language => (i18next.language === 'de' ? 'de' : 'en');
