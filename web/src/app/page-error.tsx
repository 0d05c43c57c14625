import { Button, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.js';
import { Problem } from '../ui/problem.js';
import classes from '../ui/page.module.css';

/** The page itself broke, or its data could not be read before it showed. */
export function PageError({ error, reset }: { error: unknown; reset: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.page} data-width="narrow">
      {error instanceof ApiError ? (
        <Problem error={error} onRetry={() => location.reload()} />
      ) : (
        <Stack gap="md" role="alert" align="flex-start">
          <Title order={1}>{t('app.error.page')}</Title>
          <Text>{t('app.error.pageText')}</Text>
          <Button
            onClick={() => {
              reset();
              location.reload();
            }}
          >
            {t('app.action.reload')}
          </Button>
        </Stack>
      )}
    </div>
  );
}
