import { useTranslation } from 'react-i18next';
import { Group, Panel, Separator } from 'react-resizable-panels';
import type { Layout } from './layout.js';
import { Pane } from './pane.js';
import type { ConsoleTab } from './tabs.js';
import classes from './resizable.module.css';

interface Props {
  panes: Layout['panes'];
  tabs: ReadonlyMap<string, ConsoleTab>;
  hostOf: (tab: string) => HTMLElement;
  unseen: ReadonlySet<string>;
  onActivate: (tab: string) => void;
  onMove: (tab: string, pane: number) => void;
}

/** One pane, two side by side, or four as two rows of two. */
export function PaneGrid({ panes, ...shared }: Props) {
  const { t } = useTranslation();
  const divider = { className: classes.divider, 'aria-label': t('workspace.layout.resize') };
  const paneAt = (index: number) => {
    const pane = panes[index];
    return pane && <Pane index={index} paneCount={panes.length} pane={pane} {...shared} />;
  };
  const row = (first: number) => (
    <Group id={`row-${first}`} orientation="horizontal" className={classes.group}>
      <Panel id={`pane-${first}`} minSize="15%">
        {paneAt(first)}
      </Panel>
      <Separator {...divider} />
      <Panel id={`pane-${first + 1}`} minSize="15%">
        {paneAt(first + 1)}
      </Panel>
    </Group>
  );
  if (panes.length === 1) return <div className={classes.group}>{paneAt(0)}</div>;
  if (panes.length === 2) return row(0);
  return (
    <Group id="rows" orientation="vertical" className={classes.group}>
      <Panel id="row-panel-0" minSize="15%">
        {row(0)}
      </Panel>
      <Separator {...divider} />
      <Panel id="row-panel-2" minSize="15%">
        {row(2)}
      </Panel>
    </Group>
  );
}
