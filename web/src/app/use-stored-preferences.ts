import { useMantineColorScheme } from '@mantine/core';
import type { User } from '@lab-orchestrator/contracts';
import { useEffect } from 'react';
import { currentLanguage, switchLanguage } from '../i18n/i18n.js';
import { rememberTheme } from './preferences.js';

/** Language and theme follow the account to every browser. */
export function useStoredPreferences({ preferences: { language, theme } }: User): void {
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (language !== undefined && language !== currentLanguage()) void switchLanguage(language);
  }, [language]);
  useEffect(() => {
    if (theme === undefined) return;
    rememberTheme(theme);
    setColorScheme(theme === 'system' ? 'auto' : theme);
  }, [theme, setColorScheme]);
}
