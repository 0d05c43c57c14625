import { ActionIcon, Tooltip } from '@mantine/core';
import { IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { recall, remember } from '../app/local-store.js';
import type { Arrangement } from './arrangement.js';
import classes from './workspace-columns.module.css';
import resizable from './resizable.module.css';

const storage = { getItem: (key: string) => recall(key) ?? null, setItem: remember };

interface Props {
  labSlug: string;
  arrangement: Arrangement;
  onShow: () => void;
  panel: ReactNode;
  systems: ReactNode;
}

/**
 * The lab's panel and the systems, with a divider that remembers its place. The systems stay the same elements wherever
 * they stand, so that their consoles go on.
 */
export function WorkspaceColumns({ labSlug, arrangement: { place, swapped, hidden }, onShow, panel, systems }: Props) {
  const { t } = useTranslation();
  const beside = place === 'beside';
  const order = swapped === beside ? (['right', 'left'] as const) : (['left', 'right'] as const);
  const saved = useDefaultLayout({
    id: `lab.${beside ? 'columns' : 'rows'}.${labSlug}`,
    panelIds: ['left', 'right'],
    storage,
  });
  const label = t('workspace.info.showPanel');
  const parts = {
    left: (
      <Panel
        key="left"
        id="left"
        defaultSize={beside ? '34%' : '40%'}
        minSize={beside ? '220px' : '120px'}
        maxSize="75%"
      >
        {panel}
      </Panel>
    ),
    right: (
      <Panel key="right" id="right" minSize="20%">
        {systems}
      </Panel>
    ),
    divider: <Separator key="divider" className={resizable.divider} aria-label={t('workspace.layout.resize')} />,
  };
  return (
    <div className={classes.columns} data-swapped={swapped === beside}>
      {hidden && (
        <div className={classes.rail}>
          <Tooltip label={label}>
            <ActionIcon size="md" onClick={onShow} aria-label={label} aria-expanded={false}>
              <IconLayoutSidebarLeftExpand size={18} />
            </ActionIcon>
          </Tooltip>
        </div>
      )}
      <Group
        id="columns"
        orientation={beside ? 'horizontal' : 'vertical'}
        className={resizable.group}
        {...(!hidden && saved)}
      >
        {hidden ? [parts.right] : [parts[order[0]], parts.divider, parts[order[1]]]}
      </Group>
    </div>
  );
}
