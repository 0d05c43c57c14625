import { Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.js';
import { CopyText } from './copy-text.js';
import classes from './problem.module.css';

interface Words {
  text: string;
  advice?: string;
}

/** What went wrong and what to do, in the words of the person who reads it. */
export function wordsFor(error: unknown, t: TFunction): Words {
  if (!(error instanceof ApiError)) return { text: t('app.error.server'), advice: t('app.error.serverAdvice') };
  if (error.status === 0) return { text: t('app.error.unreachable'), advice: t('app.error.unreachableAdvice') };
  if (error.status === 429) {
    const wait = error.retryAfterS;
    return {
      text: t('app.error.tooMany'),
      advice: wait === undefined ? t('app.error.tooManyAdvice') : t('app.error.tooManyWait', { seconds: wait }),
    };
  }
  if (error.status === 403) return { text: t('app.error.forbidden'), advice: t('app.error.forbiddenAdvice') };
  if (error.status === 404) return { text: saidOf(error, t) || t('app.error.missing') };
  if (error.status === 412) return { text: t('app.error.conflict'), advice: t('app.error.conflictAdvice') };
  if (error.status >= 502) return { text: t('app.error.busy'), advice: t('app.error.serverAdvice') };
  if (error.status >= 500) return { text: t('app.error.server'), advice: t('app.error.serverAdvice') };
  return { text: saidOf(error, t) || t('app.error.other') };
}

/** This refusal in the language of the page, where that has words of its own for it; else those of the server. */
const saidOf = ({ code, message }: ApiError, t: TFunction) => t(`refusal.${code}`, { defaultValue: '' }) || message;

interface Props {
  error: unknown;
  onRetry?: () => void;
  compact?: boolean;
}

export function Problem({ error, onRetry, compact = false }: Props) {
  const { t } = useTranslation();
  const { text, advice } = wordsFor(error, t);
  const requestId = error instanceof ApiError ? error.requestId : undefined;
  const fields = error instanceof ApiError ? error.errors : [];
  return (
    <div role="alert" className={classes.problem} data-compact={compact}>
      <IconAlertTriangle aria-hidden className={classes.icon} size={20} />
      <Stack gap="xs">
        <Text fw={600}>{text}</Text>
        {fields.length > 0 && (
          <ul className={classes.fields}>
            {fields.map(({ path, message }) => (
              <li key={`${path} ${message}`}>{path === '' ? message : `${path}: ${message}`}</li>
            ))}
          </ul>
        )}
        {advice !== undefined && <Text size="sm">{advice}</Text>}
        {(onRetry !== undefined || requestId !== undefined) && (
          <Group gap="md">
            {onRetry !== undefined && (
              <Button variant="default" size="xs" leftSection={<IconRefresh size={16} />} onClick={onRetry}>
                {t('app.action.retry')}
              </Button>
            )}
            {requestId !== undefined && (
              <CopyText
                text={requestId}
                label={t('app.error.copyRequestId')}
                shown={`${t('app.error.requestId')} ${requestId}`}
              />
            )}
          </Group>
        )}
      </Stack>
    </div>
  );
}
