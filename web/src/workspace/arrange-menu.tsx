import { ActionIcon, Tooltip } from '@mantine/core';
import { IconLayoutDashboard } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { later } from '../ui/later.js';
import { useMenuButton } from '../ui/use-menu-button.js';
import type { Arrangement } from './arrangement.js';

const ArrangeEntries = later(async () => (await import('./arrange-entries.js')).ArrangeEntries);

interface Props {
  sessionId: string;
  arrangement: Arrangement;
  onArrange: (change: Partial<Arrangement>) => void;
  detached: boolean;
  onDetach: () => void;
}

/** Where the instructions stand. */
export function ArrangeMenu(props: Props) {
  const { t } = useTranslation();
  const menu = useMenuButton();
  const label = t('instructions.place.menu');
  return (
    <>
      <Tooltip label={label}>
        <ActionIcon size="md" aria-label={label} {...menu.button}>
          <IconLayoutDashboard size={18} />
        </ActionIcon>
      </Tooltip>
      {menu.at && <ArrangeEntries at={menu.at} {...props} />}
    </>
  );
}
