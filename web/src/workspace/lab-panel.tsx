import { ActionIcon, Button, SegmentedControl, Stack, Text, Tooltip } from '@mantine/core';
import { IconLayoutSidebarLeftCollapse } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ArrangeMenu } from './arrange-menu.js';
import type { Arrangement } from './arrangement.js';
import classes from './lab-panel.module.css';

export type Shown = 'instructions' | 'lab';

interface Props {
  sessionId: string;
  shown: Shown;
  onShown: (shown: Shown) => void;
  arrangement: Arrangement;
  onArrange: (change: Partial<Arrangement>) => void;
  /** The instructions are in a window of their own. */
  detached: boolean;
  onDetach: () => void;
  onAttach: () => void;
  instructions: ReactNode;
  info: ReactNode;
}

/** What to do and what there is: the instructions and the facts of the lab, in one panel. */
export function LabPanel({ shown, onShown, detached, onAttach, instructions, info, ...props }: Props) {
  const { t } = useTranslation();
  const hide = t('workspace.info.hidePanel');
  return (
    <div className={classes.left}>
      <div className={classes.panelHead}>
        <SegmentedControl
          size="xs"
          value={shown}
          onChange={(value) => onShown(value === 'lab' ? 'lab' : 'instructions')}
          aria-label={t('workspace.panel')}
          data={[
            { value: 'instructions', label: t('instructions.title') },
            { value: 'lab', label: t('workspace.lab') },
          ]}
        />
        <span className={classes.panelFill} />
        <ArrangeMenu {...props} detached={detached} />
        <Tooltip label={hide}>
          <ActionIcon size="md" onClick={() => props.onArrange({ hidden: true })} aria-label={hide} aria-expanded>
            <IconLayoutSidebarLeftCollapse size={18} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.panelBody} hidden={shown !== 'instructions'}>
        {detached ? (
          <Stack gap="sm" p="md" align="flex-start">
            <Text>{t('instructions.place.detached')}</Text>
            <Button variant="default" onClick={onAttach}>
              {t('instructions.place.attach')}
            </Button>
          </Stack>
        ) : (
          instructions
        )}
      </div>
      <div className={classes.panelBody} hidden={shown !== 'lab'}>
        {info}
      </div>
    </div>
  );
}
