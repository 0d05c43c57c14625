import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import {
  IconAppWindow,
  IconArrowsLeftRight,
  IconCheck,
  IconLayoutColumns,
  IconLayoutRows,
  IconLayoutDashboard,
  IconPrinter,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Arrangement } from './arrangement.js';

interface Props {
  sessionId: string;
  arrangement: Arrangement;
  onArrange: (change: Partial<Arrangement>) => void;
  detached: boolean;
  onDetach: () => void;
}

export function ArrangeMenu({ sessionId, arrangement, onArrange, detached, onDetach }: Props) {
  const { t } = useTranslation();
  const label = t('instructions.place.menu');
  const chosen = (place: Arrangement['place']) =>
    arrangement.place === place ? <IconCheck size={16} aria-hidden /> : undefined;
  return (
    <Menu position="bottom-end" width={260}>
      <Tooltip label={label}>
        <Menu.Target>
          <ActionIcon size="md" aria-label={label}>
            <IconLayoutDashboard size={18} />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
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
      </Menu.Dropdown>
    </Menu>
  );
}
