import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Page } from '../ui/page.js';
import { AboutYou } from './about-you.js';
import { ApiTokens } from './api-tokens.js';
import { Look } from './look.js';
import { Password } from './password.js';

export function ProfilePage() {
  const { t } = useTranslation();
  return (
    <Page title={t('profile.title')} width="narrow">
      <Stack gap="xl">
        <AboutYou />
        <Look />
        <Password />
        <ApiTokens />
      </Stack>
    </Page>
  );
}
