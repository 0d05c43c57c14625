import { ActionIcon, Tooltip } from '@mantine/core';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { recall, remember } from '../app/local-store.js';
import classes from './workspace.module.css';

const storage = { getItem: (key: string) => recall(key) ?? null, setItem: remember };
const HIDDEN = 'lab.panel';

interface Props {
  labSlug: string;
  left: ReactNode;
  right: ReactNode;
}

/** The lab's panel and the systems, with a divider that remembers its place. */
export function WorkspaceColumns({ labSlug, left, right }: Props) {
  const { t } = useTranslation();
  const saved = useDefaultLayout({ id: `lab.columns.${labSlug}`, panelIds: ['left', 'right'], storage });
  const [hidden, setHidden] = useState(recall(HIDDEN) === 'hidden');
  const toggle = () => {
    setHidden(!hidden);
    remember(HIDDEN, hidden ? '' : 'hidden');
  };
  const label = t(hidden ? 'workspace.info.showPanel' : 'workspace.info.hidePanel');
  const button = (
    <Tooltip label={label}>
      <ActionIcon size="md" onClick={toggle} aria-label={label} aria-expanded={!hidden}>
        {hidden ? <IconLayoutSidebarLeftExpand size={18} /> : <IconLayoutSidebarLeftCollapse size={18} />}
      </ActionIcon>
    </Tooltip>
  );
  return (
    <div className={classes.columns}>
      {hidden && <div className={classes.rail}>{button}</div>}
      <Group id="columns" orientation="horizontal" className={classes.group} {...(!hidden && saved)}>
        {!hidden && (
          <>
            <Panel id="left" defaultSize="26%" minSize="200px" maxSize="60%">
              <div className={classes.left}>
                <div className={classes.hide}>{button}</div>
                {left}
              </div>
            </Panel>
            <Separator className={classes.divider} aria-label={t('workspace.layout.resize')} />
          </>
        )}
        <Panel id="right" minSize="30%">
          {right}
        </Panel>
      </Group>
    </div>
  );
}
