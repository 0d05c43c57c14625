import type { Session } from '@lab-orchestrator/contracts';
import { ActionIcon } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { later } from '../ui/later.js';
import { useMenuButton } from '../ui/use-menu-button.js';
import { KeysDialog, LogDialog, MembersDialog, RestartDialog } from './dialogs.js';
import type { Opened } from './more-entries.js';

const MoreEntries = later(async () => (await import('./more-entries.js')).MoreEntries);

export function MoreMenu({ session, onResetLayout }: { session: Session; onResetLayout: () => void }) {
  const { t } = useTranslation();
  const menu = useMenuButton();
  const [open, setOpen] = useState<Opened>();
  const close = () => setOpen(undefined);
  return (
    <>
      <ActionIcon aria-label={t('workspace.more')} {...menu.button}>
        <IconDots size={18} />
      </ActionIcon>
      {menu.at && <MoreEntries at={menu.at} session={session} onOpen={setOpen} onResetLayout={onResetLayout} />}
      {open?.what === 'log' && <LogDialog sessionId={session.id} onClose={close} />}
      {open?.what === 'members' && <MembersDialog session={session} onClose={close} />}
      {open?.what === 'keys' && <KeysDialog onClose={close} />}
      {open?.what === 'restart' && <RestartDialog sessionId={session.id} system={open.system} onClose={close} />}
    </>
  );
}
