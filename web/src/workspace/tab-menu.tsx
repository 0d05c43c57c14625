import { UnstyledButton } from '@mantine/core';
import { IconDotsVertical } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { later } from '../ui/later.js';
import { useMenuButton } from '../ui/use-menu-button.js';
import classes from './tab-strip.module.css';

const TabEntries = later(async () => (await import('./tab-entries.js')).TabEntries);

interface Props {
  title: string;
  pane: number;
  paneCount: number;
  onMove: (pane: number) => void;
}

/** Moves the tab that is shown to another pane, by keyboard too. */
export function TabMenu({ title, ...props }: Props) {
  const { t } = useTranslation();
  const menu = useMenuButton();
  return (
    <>
      <UnstyledButton
        className={classes.tabMenu}
        aria-label={t('workspace.layout.tabMenu', { title })}
        {...menu.button}
      >
        <IconDotsVertical size={16} />
      </UnstyledButton>
      {menu.at && <TabEntries at={menu.at} {...props} />}
    </>
  );
}
