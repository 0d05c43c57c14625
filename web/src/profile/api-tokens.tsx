import type { ApiToken } from '@lab-orchestrator/contracts';
import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import { formatInstant, formatRelative } from '../i18n/format.js';
import { Confirm } from '../ui/confirm.js';
import { QueryView } from '../ui/query-view.js';
import { NewToken } from './new-token.js';
import { Section } from './section.js';

export function ApiTokens() {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const query = useQuery({ queryKey: keys.tokens(), queryFn: ({ signal }) => call('listTokens', { signal }) });
  return (
    <Section title={t('profile.tokens')} lead={t('profile.tokensLead')}>
      <QueryView query={query} skeleton={<Skeleton h={48} />}>
        {({ items }) => (
          <Stack gap="sm">
            {items.length === 0 && <Text c="dimmed">{t('profile.noTokens')}</Text>}
            {items.map((token) => (
              <TokenItem key={token.id} token={token} />
            ))}
          </Stack>
        )}
      </QueryView>
      <Group>
        <Button variant="default" leftSection={<IconKey size={16} />} onClick={() => setAdding(true)}>
          {t('profile.newToken')}
        </Button>
      </Group>
      {adding && <NewToken onClose={() => setAdding(false)} />}
    </Section>
  );
}

function TokenItem({ token }: { token: ApiToken }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const revoke = async () => {
    await call('deleteToken', { params: { tokenId: token.id } });
    await client.invalidateQueries({ queryKey: keys.tokens() });
  };
  return (
    <Group justify="space-between" wrap="nowrap">
      <div>
        <Text fw={600}>{token.name}</Text>
        <Text size="sm" c="dimmed">
          {token.scopes.map((scope) => t(`profile.scope.${scope}`)).join(', ')} · {t('profile.expires')}{' '}
          {formatInstant(token.expiresAt)} · {t('profile.lastUsed')}{' '}
          {token.lastUsedAt === undefined ? t('profile.never') : formatRelative(token.lastUsedAt)}
        </Text>
      </div>
      <Button
        variant="default"
        size="xs"
        onClick={() => setAsking(true)}
        aria-label={`${t('profile.revoke')}: ${token.name}`}
      >
        {t('profile.revoke')}
      </Button>
      {asking && (
        <Confirm
          title={t('profile.revokeTitle', { name: token.name })}
          confirm={t('profile.revoke')}
          dangerous
          onConfirm={revoke}
          onClose={() => setAsking(false)}
        >
          <Text>{t('profile.revokeText')}</Text>
        </Confirm>
      )}
    </Group>
  );
}
