import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from './empty.js';
import { useDocumentTitle } from './page.js';

/** The address names nothing that this person may see. */
export function NothingHere() {
  const { t } = useTranslation();
  useDocumentTitle(t('app.notFound.title'));
  return (
    <Empty icon={<IconMapOff size={40} />} title={t('app.notFound.title')} text={t('app.notFound.text')} whole>
      <Button component={Link} to="/">
        {t('app.action.home')}
      </Button>
    </Empty>
  );
}
