import { Modal, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import { formatInstant } from '../i18n/format.js';
import { QueryView } from '../ui/query-view.js';
import classes from './log-dialog.module.css';

/** What happened to the session, in words, in order. */
export function LogDialog({ sessionId, onClose }: { sessionId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: keys.sessionLog(sessionId),
    queryFn: ({ signal }) => call('getSessionLog', { params: { sessionId }, signal }),
    staleTime: 0,
  });
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t('workspace.log.title')}
      closeButtonProps={{ 'aria-label': t('app.action.close') }}
    >
      <QueryView query={query} skeleton={<Skeleton h={160} />}>
        {({ items }) =>
          items.length === 0 ? (
            <Text c="dimmed">{t('workspace.log.empty')}</Text>
          ) : (
            <ol className={classes.log}>
              {items.map(({ at, text, actorName }, index) => (
                <li key={`${at} ${String(index)}`}>
                  <time dateTime={at} className="tabular">
                    {formatInstant(at)}
                  </time>
                  <span>
                    {text}
                    {actorName !== undefined && (
                      <Text span c="dimmed">
                        {` ${t('workspace.log.by', { name: actorName })}`}
                      </Text>
                    )}
                  </span>
                </li>
              ))}
            </ol>
          )
        }
      </QueryView>
    </Modal>
  );
}
