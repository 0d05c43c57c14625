import { ActionIcon, Tooltip } from '@mantine/core';
import { IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Split } from '../ui/split.js';
import type { Arrangement } from './arrangement.js';
import classes from './workspace-columns.module.css';

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
  const label = t('workspace.info.showPanel');
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
      <Split
        name={`lab.${beside ? 'columns' : 'rows'}.${labSlug}`}
        label={t('workspace.layout.resize')}
        stacked={!beside}
        initial={beside ? 0.34 : 0.4}
        minPx={beside ? 220 : 120}
        max={0.75}
        sizedLast={swapped === beside}
        sized={hidden ? undefined : panel}
        rest={systems}
      />
    </div>
  );
}
