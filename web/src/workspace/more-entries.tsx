import type { Session, SessionSystem } from '@lab-orchestrator/contracts';
import { Menu } from '@mantine/core';
import { IconKeyboard, IconLayout, IconListDetails, IconRefresh, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AnchoredMenu } from '../ui/anchored-menu.js';
import type { MenuAt } from '../ui/use-menu-button.js';

/** What an entry opens. */
export type Opened = { what: 'log' | 'members' | 'keys' } | { what: 'restart'; system: SessionSystem };

interface Props {
  at: MenuAt;
  session: Session;
  onOpen: (opened: Opened) => void;
  onResetLayout: () => void;
}

export function MoreEntries({ at, session, onOpen, onResetLayout }: Props) {
  const { t } = useTranslation();
  const mayAct = session.role !== 'viewer' && session.phase === 'ready';
  const owns = session.role === 'owner' || session.role === 'staff';
  return (
    <AnchoredMenu at={at} width={280}>
      {mayAct &&
        session.systems.map((system) => (
          <Menu.Item
            key={system.name}
            leftSection={<IconRefresh size={16} />}
            onClick={() => onOpen({ what: 'restart', system })}
          >
            {t('workspace.menu.restart', { system: system.title })}
          </Menu.Item>
        ))}
      {mayAct && <Menu.Divider />}
      {owns && (
        <>
          <Menu.Item leftSection={<IconListDetails size={16} />} onClick={() => onOpen({ what: 'log' })}>
            {t('workspace.menu.log')}
          </Menu.Item>
          <Menu.Item leftSection={<IconUsers size={16} />} onClick={() => onOpen({ what: 'members' })}>
            {t('workspace.menu.members')}
          </Menu.Item>
        </>
      )}
      <Menu.Item leftSection={<IconLayout size={16} />} onClick={onResetLayout}>
        {t('workspace.menu.layout')}
      </Menu.Item>
      <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={() => onOpen({ what: 'keys' })}>
        {t('workspace.menu.keys')}
      </Menu.Item>
    </AnchoredMenu>
  );
}
