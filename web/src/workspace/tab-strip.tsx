import { UnstyledButton } from '@mantine/core';
import { IconDeviceDesktop, IconTerminal2, IconWorld, type Icon } from '@tabler/icons-react';
import type { DragEvent, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { TabMenu } from './tab-menu.js';
import type { ConsoleTab } from './tabs.js';
import classes from './tab-strip.module.css';

const icons: Record<ConsoleTab['kind'], Icon> = {
  terminal: IconTerminal2,
  serial: IconTerminal2,
  desktop: IconDeviceDesktop,
  web: IconWorld,
};
export const tabElementId = (tab: string) => `tab-${tab.replace('/', '-')}`;
export const DRAG_TYPE = 'application/x-lab-tab';

interface Props {
  pane: number;
  paneCount: number;
  tabs: ConsoleTab[];
  active: string | undefined;
  unseen: ReadonlySet<string>;
  onActivate: (tab: string) => void;
  onMove: (tab: string, pane: number) => void;
}

/** The tabs of one pane: arrow keys change them, dragging or the menu moves one to another pane. */
export function TabStrip({ pane, paneCount, tabs, active, unseen, onActivate, onMove }: Props) {
  const { t } = useTranslation();
  const onKeyDown = (event: KeyboardEvent) => {
    const index = tabs.findIndex(({ id }) => id === active);
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -index, End: tabs.length - 1 - index }[event.key];
    const next = step === undefined ? undefined : tabs[(index + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    onActivate(next.id);
    document.getElementById(tabElementId(next.id))?.focus();
  };
  const activeTab = tabs.find(({ id }) => id === active);
  return (
    <div className={classes.strip}>
      <div
        role="tablist"
        tabIndex={-1}
        aria-label={t('workspace.layout.pane', { number: pane + 1 })}
        onKeyDown={onKeyDown}
        className={classes.tabs}
      >
        {tabs.map((tab) => (
          <TabButton
            key={tab.id}
            tab={tab}
            selected={tab.id === active}
            unseen={unseen.has(tab.id)}
            onClick={() => onActivate(tab.id)}
          />
        ))}
      </div>
      {paneCount > 1 && activeTab !== undefined && (
        <TabMenu title={activeTab.title} pane={pane} paneCount={paneCount} onMove={(to) => onMove(activeTab.id, to)} />
      )}
    </div>
  );
}

interface TabProps {
  tab: ConsoleTab;
  selected: boolean;
  unseen: boolean;
  onClick: () => void;
}

function TabButton({ tab, selected, unseen, onClick }: TabProps) {
  const { t } = useTranslation();
  const Glyph = icons[tab.kind];
  const onDragStart = ({ dataTransfer }: DragEvent) => {
    dataTransfer.setData(DRAG_TYPE, tab.id);
    dataTransfer.effectAllowed = 'move';
  };
  return (
    <UnstyledButton
      id={tabElementId(tab.id)}
      role="tab"
      aria-selected={selected}
      aria-controls={selected ? `${tabElementId(tab.id)}-panel` : undefined}
      tabIndex={selected ? 0 : -1}
      className={classes.tab}
      data-state={tab.system.state}
      draggable
      onDragStart={onDragStart}
      onClick={onClick}
    >
      <Glyph size={16} aria-hidden />
      <span className="truncate">{tab.title}</span>
      {unseen && (
        <>
          <span className={classes.unseen} aria-hidden />
          <span className="visually-hidden">{t('workspace.unseen')}</span>
        </>
      )}
    </UnstyledButton>
  );
}
