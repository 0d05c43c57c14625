import { Menu } from '@mantine/core';
import {
  IconAppWindow,
  IconArrowsLeftRight,
  IconCheck,
  IconLayoutColumns,
  IconLayoutRows,
  IconPrinter,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AnchoredMenu } from '../ui/anchored-menu.js';
import type { MenuAt } from '../ui/use-menu-button.js';
import type { Arrangement } from './arrangement.js';

interface Props {
  at: MenuAt;
  sessionId: string;
  arrangement: Arrangement;
  onArrange: (change: Partial<Arrangement>) => void;
  detached: boolean;
  onDetach: () => void;
}

export function ArrangeEntries({ at, sessionId, arrangement, onArrange, detached, onDetach }: Props) {
  const { t } = useTranslation();
  const chosen = (place: Arrangement['place']) =>
    arrangement.place === place ? <IconCheck size={16} aria-hidden /> : undefined;
  return (
    <AnchoredMenu at={at} width={260}>
      <Menu.Item
        leftSection={<IconLayoutColumns size={16} />}
        rightSection={chosen('beside')}
        onClick={() => onArrange({ place: 'beside' })}
      >
        {t('instructions.place.beside')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconLayoutRows size={16} />}
        rightSection={chosen('below')}
        onClick={() => onArrange({ place: 'below' })}
      >
        {t('instructions.place.below')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowsLeftRight size={16} />}
        onClick={() => onArrange({ swapped: !arrangement.swapped })}
      >
        {t('instructions.place.swap')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item leftSection={<IconAppWindow size={16} />} disabled={detached} onClick={onDetach}>
        {t('instructions.place.window')}
      </Menu.Item>
      <Menu.Item
        component="a"
        href={`/sessions/${sessionId}/print`}
        target="_blank"
        leftSection={<IconPrinter size={16} />}
      >
        {t('instructions.place.print')}
      </Menu.Item>
    </AnchoredMenu>
  );
}
