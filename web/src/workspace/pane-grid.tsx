import { useTranslation } from 'react-i18next';
import { Split } from '../ui/split.js';
import type { Layout } from './layout.js';
import { Pane } from './pane.js';
import type { ConsoleTab } from './tabs.js';
import classes from './pane-grid.module.css';

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
  const halves = { label: t('workspace.layout.resize'), initial: 0.5, min: 0.15, max: 0.85 };
  const paneAt = (index: number) => {
    const pane = panes[index];
    return pane && <Pane index={index} paneCount={panes.length} pane={pane} {...shared} />;
  };
  const row = (first: number) => <Split {...halves} sized={paneAt(first)} rest={paneAt(first + 1)} />;
  if (panes.length === 1) return <div className={classes.one}>{paneAt(0)}</div>;
  if (panes.length === 2) return row(0);
  return <Split {...halves} stacked sized={row(0)} rest={row(2)} />;
}
