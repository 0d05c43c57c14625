import { Popover, Text, UnstyledButton } from '@mantine/core';
import { IconEye, IconKeyboard, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './consoles.module.css';

export interface Viewer {
  name: string;
  mode: 'control' | 'view';
}

/** Who else looks at this console. */
export function Viewers({ viewers }: { viewers: Viewer[] }) {
  const { t } = useTranslation();
  return (
    <Popover position="top-end" withArrow>
      <Popover.Target>
        <UnstyledButton className={classes.tool}>
          <IconUsers size={16} aria-hidden />
          {t('consoles.viewers', { count: viewers.length })}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Text fw={600} size="sm">
          {t('consoles.viewersTitle')}
        </Text>
        <ul className={classes.viewers}>
          {viewers.map(({ name, mode }, index) => (
            <li key={`${name} ${String(index)}`}>
              {mode === 'control' ? <IconKeyboard size={16} aria-hidden /> : <IconEye size={16} aria-hidden />}
              {name} · {t(`consoles.${mode}`)}
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
