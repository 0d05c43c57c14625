import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AnchoredMenu } from '../ui/anchored-menu.js';
import type { MenuAt } from '../ui/use-menu-button.js';

interface Props {
  at: MenuAt;
  pane: number;
  paneCount: number;
  onMove: (pane: number) => void;
}

export function TabEntries({ at, pane, paneCount, onMove }: Props) {
  const { t } = useTranslation();
  return (
    <AnchoredMenu at={at}>
      {Array.from({ length: paneCount }, (_, to) => (
        <Menu.Item key={to} disabled={to === pane} onClick={() => onMove(to)}>
          {t('workspace.layout.moveTo', { number: to + 1 })}
        </Menu.Item>
      ))}
    </AnchoredMenu>
  );
}
