import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { loadAgain } from '../app/load-again.js';
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

const load = {
  first: {
    en: async () => (await import('./en/first.js')).first,
    de: async () => (await import('./de/first.js')).first,
  },
  others: {
    en: async () => (await import('./en/others.js')).others,
    de: async () => (await import('./de/others.js')).others,
  },
  refusals: {
    en: async () => ({}),
    de: async () => ({ refusal: (await import('./de/refusals.js')).refusals }),
  },
};
type Part = keyof typeof load;
/** The texts that the pages shown so far have needed. */
const wanted = new Set<Part>(['first']);
const loaded = new Set<string>();

/** Adds the wanted texts of a language; only a chosen language is ever loaded. */
async function addTexts(language: Language): Promise<void> {
  await Promise.all([...wanted].map((part) => add(part, language)));
  // No page waits for these: without them, the words of the server are shown.
  void add('refusals', language).catch(() => undefined);
}

async function add(part: Part, language: Language): Promise<void> {
  const key = `${language} ${part}`;
  if (loaded.has(key)) return;
  i18next.addResourceBundle(language, 'translation', await loadAgain<object>(load[part][language]), true);
  loaded.add(key);
}

/** For the code of a page beyond the sign-in and the workspace: waits for the texts of such pages, too. */
export async function withOtherTexts<T>(page: Promise<T>): Promise<T> {
  wanted.add('others');
  const [code] = await Promise.all([page, addTexts(currentLanguage())]);
  return code;
}

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
    resources: {},
    interpolation: { escapeValue: false },
  });
  await addTexts(language);
  document.documentElement.lang = language;
}

/** Changes the language of the page. */
export async function switchLanguage(language: Language): Promise<void> {
  await addTexts(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  remember('lab.language', language);
}

/** The language of the page. */
export const currentLanguage = (): Language => (i18next.language === 'de' ? 'de' : 'en');
