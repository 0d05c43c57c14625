import type { User } from '@lab-orchestrator/contracts';
import { Menu, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconBan, IconCircleCheck, IconTrash, IconUserCog } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import type { BodyFor } from '../api/routes.js';
import { useMe } from '../auth/use-me.js';
import { Confirm } from '../ui/confirm.js';
import { notifyError } from '../ui/notify.js';
import { RowMenu } from '../ui/row-menu.js';
import { roles } from './roles.js';

/** What an admin can do with one person; not with themselves, so that nobody locks the platform. */
export function PersonMenu({ person }: { person: User }) {
  const { t } = useTranslation();
  const me = useMe();
  const client = useQueryClient();
  const [asking, setAsking] = useState<'disable' | 'delete'>();
  const userId = person.id;
  const refresh = () => client.invalidateQueries({ queryKey: keys.users() });
  const update = (body: BodyFor<'updateUser'>) => call('updateUser', { params: { userId }, body });
  const change = useMutation({ mutationFn: update, onSuccess: refresh, onError: notifyError });
  if (me.id === userId) return null;
  const name = person.displayName;
  return (
    <>
      <RowMenu name={name}>
        {roles
          .filter((role) => role !== person.role)
          .map((role) => (
            <Menu.Item key={role} leftSection={<IconUserCog size={16} />} onClick={() => change.mutate({ role })}>
              {t('people.changeRole', { role: t(`app.role.${role}`) })}
            </Menu.Item>
          ))}
        <Menu.Divider />
        {person.disabled ? (
          <Menu.Item leftSection={<IconCircleCheck size={16} />} onClick={() => change.mutate({ disabled: false })}>
            {t('people.enable')}
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<IconBan size={16} />} onClick={() => setAsking('disable')}>
            {t('people.disable')}
          </Menu.Item>
        )}
        <Menu.Item color="var(--lab-bad)" leftSection={<IconTrash size={16} />} onClick={() => setAsking('delete')}>
          {t('app.action.delete')}
        </Menu.Item>
      </RowMenu>
      {asking === 'disable' && (
        <Confirm
          title={t('people.disableTitle', { name })}
          confirm={t('people.disable')}
          onConfirm={() => update({ disabled: true }).then(refresh)}
          onClose={() => setAsking(undefined)}
        >
          <Text>{t('people.disableText')}</Text>
        </Confirm>
      )}
      {asking === 'delete' && (
        <Confirm
          title={t('people.deleteTitle', { name })}
          confirm={t('app.action.delete')}
          dangerous
          onConfirm={() => call('deleteUser', { params: { userId } }).then(refresh)}
          onClose={() => setAsking(undefined)}
        >
          <Text>{t('people.deleteText')}</Text>
        </Confirm>
      )}
    </>
  );
}
