import type { Session } from '@lab-orchestrator/contracts';
import { useMemo, useState } from 'react';
import { createPortal } from 'react-dom';
import { ConsoleTabContent } from './console-tab-content.js';
import { visibleTabs } from './layout.js';
import { PaneGrid } from './pane-grid.js';
import { isUsable } from './stages.js';
import { tabElementId } from './tab-strip.js';
import { tabsOf } from './tabs.js';
import type { useLayout } from './use-layout.js';
import classes from './panes.module.css';

interface Props {
  session: Session;
  layout: ReturnType<typeof useLayout>;
}

/** The systems of a session as tabs in panes. A console that was opened keeps running when its tab is hidden or moved. */
export function Panes({ session, layout: { layout, activate, move } }: Props) {
  const tabs = useMemo(() => new Map(tabsOf(session).map((tab) => [tab.id, tab])), [session]);
  const [hostOf] = useState(hostsByTab);
  const visible = visibleTabs(layout);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [usable, setUsable] = useState<ReadonlySet<string>>(new Set());
  const [unseen, setUnseen] = useState<ReadonlySet<string>>(new Set());
  // Once open or usable is always open or usable: the consoles are kept. What is seen is no longer unseen.
  const nowOpened = withAll(opened, visible);
  const nowUsable = withAll(
    usable,
    session.systems.filter(isUsable).map(({ name }) => name),
  );
  const nowUnseen = withoutAll(unseen, visible);
  if (nowOpened !== opened) setOpened(nowOpened);
  if (nowUsable !== usable) setUsable(nowUsable);
  if (nowUnseen !== unseen) setUnseen(nowUnseen);

  return (
    <>
      <PaneGrid
        panes={layout.panes}
        tabs={tabs}
        hostOf={hostOf}
        unseen={nowUnseen}
        onActivate={activate}
        onMove={move}
      />
      {[...tabs.values()]
        .filter(({ id }) => nowOpened.has(id))
        .map((tab) =>
          createPortal(
            <ConsoleTabContent
              session={session}
              tab={tab}
              wasUsable={nowUsable.has(tab.system.name)}
              onOutput={() => {
                if (!visible.includes(tab.id)) setUnseen((old) => withAll(old, [tab.id]));
              }}
              onLeave={() => document.getElementById(tabElementId(tab.id))?.focus()}
            />,
            hostOf(tab.id),
            tab.id,
          ),
        )}
    </>
  );
}

/** One element per tab, made when it is first asked for. */
function hostsByTab() {
  const hosts = new Map<string, HTMLElement>();
  return (tab: string) => {
    const host = hosts.get(tab) ?? document.createElement('div');
    host.className = classes.host ?? '';
    host.dataset['console'] = '';
    hosts.set(tab, host);
    return host;
  };
}

/** The same set when nothing changes, so that output does not draw the page again. */
const withAll = (set: ReadonlySet<string>, items: string[]): ReadonlySet<string> =>
  items.every((item) => set.has(item)) ? set : new Set([...set, ...items]);
const withoutAll = (set: ReadonlySet<string>, items: string[]): ReadonlySet<string> =>
  items.some((item) => set.has(item)) ? new Set([...set].filter((item) => !items.includes(item))) : set;
