import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '../ui/empty.js';
import { useDocumentTitle } from '../ui/page.js';
import classes from '../ui/page.module.css';

export function NotFoundPage() {
  const { t } = useTranslation();
  useDocumentTitle(t('app.notFound.title'));
  return (
    <main className={classes.page} data-width="narrow">
      <Empty icon={<IconMapOff size={40} />} title={t('app.notFound.title')} text={t('app.notFound.text')}>
        <Button component={Link} to="/">
          {t('app.action.home')}
        </Button>
      </Empty>
    </main>
  );
}
