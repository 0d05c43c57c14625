import { Text } from '@mantine/core';
import { useEffect, useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Layout } from './layout.js';
import { DRAG_TYPE, tabElementId, TabStrip } from './tab-strip.js';
import type { ConsoleTab } from './tabs.js';
import classes from './pane.module.css';

interface Props {
  index: number;
  paneCount: number;
  pane: Layout['panes'][number];
  tabs: ReadonlyMap<string, ConsoleTab>;
  /** The element in which a tab's console lives; it moves between panes without being built anew. */
  hostOf: (tab: string) => HTMLElement;
  unseen: ReadonlySet<string>;
  onActivate: (tab: string) => void;
  onMove: (tab: string, pane: number) => void;
}

export function Pane({ index, paneCount, pane, tabs, hostOf, unseen, onActivate, onMove }: Props) {
  const { t } = useTranslation();
  const body = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState(false);
  const { active } = pane;
  useEffect(() => {
    if (active === undefined) body.current?.replaceChildren();
    else body.current?.replaceChildren(hostOf(active));
  }, [active, hostOf]);

  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes(DRAG_TYPE)) return;
    event.preventDefault();
    setOver(true);
  };
  const onDrop = (event: DragEvent) => {
    const tab = event.dataTransfer.getData(DRAG_TYPE);
    setOver(false);
    if (tab === '') return;
    event.preventDefault();
    onMove(tab, index);
  };
  // Dropping a tab is a shortcut for the menu of the tab, which the keyboard reaches.
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      className={classes.pane}
      data-over={over}
      aria-label={t('workspace.layout.pane', { number: index + 1 })}
      onDragOver={onDragOver}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <TabStrip
        pane={index}
        paneCount={paneCount}
        tabs={pane.tabs.flatMap((id) => tabs.get(id) ?? [])}
        active={active}
        unseen={unseen}
        onActivate={onActivate}
        onMove={onMove}
      />
      {active === undefined && (
        <Text c="dimmed" size="sm" p="md">
          {t('workspace.layout.emptyPane')}
        </Text>
      )}
      <div
        ref={body}
        className={classes.paneBody}
        {...(active !== undefined && {
          role: 'tabpanel',
          id: `${tabElementId(active)}-panel`,
          'aria-labelledby': tabElementId(active),
        })}
      />
    </section>
  );
}
