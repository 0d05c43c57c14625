import type { Session, SessionSystem } from '@lab-orchestrator/contracts';
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconKeyboard, IconLayout, IconListDetails, IconRefresh, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeysDialog, LogDialog, MembersDialog, RestartDialog } from './dialogs.js';

type Open = { what: 'log' | 'members' | 'keys' } | { what: 'restart'; system: SessionSystem };

export function MoreMenu({ session, onResetLayout }: { session: Session; onResetLayout: () => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const mayAct = session.role !== 'viewer' && session.phase === 'ready';
  const owns = session.role === 'owner' || session.role === 'staff';
  return (
    <>
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <ActionIcon aria-label={t('workspace.more')}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {mayAct &&
            session.systems.map((system) => (
              <Menu.Item
                key={system.name}
                leftSection={<IconRefresh size={16} />}
                onClick={() => setOpen({ what: 'restart', system })}
              >
                {t('workspace.menu.restart', { system: system.title })}
              </Menu.Item>
            ))}
          {mayAct && <Menu.Divider />}
          {owns && (
            <>
              <Menu.Item leftSection={<IconListDetails size={16} />} onClick={() => setOpen({ what: 'log' })}>
                {t('workspace.menu.log')}
              </Menu.Item>
              <Menu.Item leftSection={<IconUsers size={16} />} onClick={() => setOpen({ what: 'members' })}>
                {t('workspace.menu.members')}
              </Menu.Item>
            </>
          )}
          <Menu.Item leftSection={<IconLayout size={16} />} onClick={onResetLayout}>
            {t('workspace.menu.layout')}
          </Menu.Item>
          <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={() => setOpen({ what: 'keys' })}>
            {t('workspace.menu.keys')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open?.what === 'log' && <LogDialog sessionId={session.id} onClose={close} />}
      {open?.what === 'members' && <MembersDialog session={session} onClose={close} />}
      {open?.what === 'keys' && <KeysDialog onClose={close} />}
      {open?.what === 'restart' && <RestartDialog sessionId={session.id} system={open.system} onClose={close} />}
    </>
  );
}
