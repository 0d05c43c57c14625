import { Center, Loader, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The program of a page is on its way for more than a moment: it is big for the line, or fetched once more. */
export function PagePending() {
  const { t } = useTranslation();
  return (
    <Center role="status" mih="60vh" style={{ gap: 12 }}>
      <Loader size="sm" aria-hidden />
      <Text>{t('app.loading')}</Text>
    </Center>
  );
}
