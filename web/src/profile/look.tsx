import { Group, Input, SegmentedControl, Stack, Switch, useMantineColorScheme } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chosenTheme, highContrast, isTheme, rememberTheme, setHighContrast, themes } from '../app/preferences.js';
import { useMe } from '../auth/use-me.js';
import { currentLanguage, switchLanguage, type Language } from '../i18n/i18n.js';
import { notifyError } from '../ui/notify.js';
import { Section } from './section.js';
import { useUpdateMe } from './use-update-me.js';

/** Takes effect at once; the account remembers it for other browsers. */
export function Look() {
  const { t } = useTranslation();
  const { preferences } = useMe();
  const update = useUpdateMe();
  const { setColorScheme } = useMantineColorScheme();
  const [theme, setTheme] = useState(chosenTheme);
  const [contrast, setContrast] = useState(highContrast);
  const save = (change: typeof preferences) =>
    update.mutate({ preferences: { ...preferences, ...change } }, { onError: notifyError });
  const changeLanguage = (language: Language) => {
    void switchLanguage(language);
    save({ language });
  };
  const changeTheme = (value: string) => {
    if (!isTheme(value)) return;
    setTheme(value);
    rememberTheme(value);
    setColorScheme(value === 'system' ? 'auto' : value);
    save({ theme: value });
  };
  return (
    <Section title={t('profile.look')}>
      <Group gap="xl" align="flex-start">
        <Stack gap="xs">
          <Input.Label id="language">{t('profile.language')}</Input.Label>
          <SegmentedControl
            aria-labelledby="language"
            value={currentLanguage()}
            onChange={(value) => changeLanguage(value === 'de' ? 'de' : 'en')}
            data={[
              { value: 'en', label: 'English' },
              { value: 'de', label: 'Deutsch' },
            ]}
          />
        </Stack>
        <Stack gap="xs">
          <Input.Label id="theme">{t('profile.theme')}</Input.Label>
          <SegmentedControl
            aria-labelledby="theme"
            value={theme}
            onChange={changeTheme}
            data={themes.map((value) => ({ value, label: t(`profile.themes.${value}`) }))}
          />
        </Stack>
      </Group>
      <Switch
        label={t('profile.contrast')}
        description={t('profile.contrastHint')}
        checked={contrast}
        onChange={({ currentTarget: { checked } }) => {
          setContrast(checked);
          setHighContrast(checked);
        }}
      />
    </Section>
  );
}
