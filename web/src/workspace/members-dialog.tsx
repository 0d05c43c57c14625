import type { Session } from '@lab-orchestrator/contracts';
import { ActionIcon, Button, Group, Modal, NativeSelect, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconUserMinus } from '@tabler/icons-react';
import { useRef, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.js';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import { textField } from '../ui/form-fields.js';
import { Problem } from '../ui/problem.js';
import { QueryView } from '../ui/query-view.js';

/** Lets other people into a session, to work in it or to watch. */
export function MembersDialog({ session, onClose }: { session: Session; onClose: () => void }) {
  const { t } = useTranslation();
  const sessionId = session.id;
  const client = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const refresh = () => client.invalidateQueries({ queryKey: keys.members(sessionId) });
  const query = useQuery({
    queryKey: keys.members(sessionId),
    queryFn: ({ signal }) => call('listMembers', { params: { sessionId }, signal }),
  });
  const add = useMutation({
    mutationFn: async (fields: FormData) => {
      const username = textField(fields, 'username').trim().toLowerCase();
      const { id: userId } = await call('findUser', { query: { username } });
      const role = textField(fields, 'role') === 'viewer' ? 'viewer' : 'operator';
      return call('putMember', { params: { sessionId, userId }, body: { role } });
    },
    onSuccess: () => {
      form.current?.reset();
      return refresh();
    },
  });
  const remove = useMutation({
    mutationFn: (userId: string) => call('deleteMember', { params: { sessionId, userId } }),
    onSuccess: refresh,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    add.mutate(new FormData(event.currentTarget));
  };
  const unknown = add.error instanceof ApiError && (add.error.status === 404 || add.error.status === 400);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('workspace.members.title')}
      closeButtonProps={{ 'aria-label': t('app.action.close') }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('workspace.members.lead')}
        </Text>
        <form ref={form} onSubmit={submit}>
          <Group gap="sm" align="flex-start">
            <TextInput
              name="username"
              label={t('workspace.members.username')}
              error={unknown ? t('workspace.members.unknown') : undefined}
              autoComplete="off"
              autoCapitalize="none"
              required
              withAsterisk={false}
              flex={1}
              data-autofocus
            />
            <NativeSelect
              name="role"
              label={t('workspace.members.role')}
              data={[
                { value: 'operator', label: t('workspace.members.operator') },
                { value: 'viewer', label: t('workspace.members.viewer') },
              ]}
            />
            <Button type="submit" loading={add.isPending} mt={26}>
              {t('workspace.members.add')}
            </Button>
          </Group>
        </form>
        {add.error !== null && !unknown && <Problem error={add.error} compact />}
        {remove.error !== null && <Problem error={remove.error} compact />}
        <QueryView query={query} skeleton={<Skeleton h={40} />}>
          {({ items }) => (
            <Stack gap="xs">
              {items.length === 0 && <Text c="dimmed">{t('workspace.members.none')}</Text>}
              {items.map(({ userId, displayName, role }) => (
                <Group key={userId} justify="space-between" wrap="nowrap">
                  <span>
                    {displayName} · {t(`workspace.members.${role}`)}
                  </span>
                  <ActionIcon
                    onClick={() => remove.mutate(userId)}
                    aria-label={t('workspace.members.remove', { name: displayName })}
                  >
                    <IconUserMinus size={18} />
                  </ActionIcon>
                </Group>
              ))}
            </Stack>
          )}
        </QueryView>
      </Stack>
    </Modal>
  );
}
