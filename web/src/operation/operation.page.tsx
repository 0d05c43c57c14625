import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Page } from '../ui/page.js';
import { Audit } from './audit.js';
import { CapacityView } from './capacity-view.js';
import { Quotas } from './quotas.js';
import { StuckSessions } from './stuck-sessions.js';

/** What runs the platform, what does not move, the limits, and who did what. */
export function OperationPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('operation.title')} width="wide">
      <Stack gap={40}>
        <StuckSessions />
        <CapacityView />
        <Quotas />
        <Audit />
      </Stack>
    </Page>
  );
}
