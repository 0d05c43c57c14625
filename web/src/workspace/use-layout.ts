import { useEffect, useState } from 'react';
import { recall, remember } from '../app/local-store.js';
import {
  activate,
  fitLayout,
  initialLayout,
  moveTab,
  parseLayout,
  split,
  visibleTabs,
  type Layout,
  type Split,
} from './layout.js';

const keyOf = (labSlug: string) => `lab.layout.${labSlug}`;

/** The panes of a lab's workspace, as they were left the last time. A narrow window has room for one, which changes nothing for a wide one. */
export function useLayout(labSlug: string, tabs: string[], narrow: boolean) {
  const [alone, setAlone] = useState<string>();
  const [stored, setStored] = useState<Layout>(() => parseLayout(recall(keyOf(labSlug))) ?? initialLayout(tabs));
  const layout = fitLayout(stored, tabs);
  useEffect(() => remember(keyOf(labSlug), JSON.stringify(stored)), [labSlug, stored]);
  const single = initialLayout(tabs);
  return {
    layout: narrow ? activate(single, alone ?? visibleTabs(layout)[0] ?? '') : layout,
    activate: (tab: string) => (narrow ? setAlone(tab) : setStored(activate(layout, tab))),
    move: (tab: string, pane: number) => setStored(moveTab(layout, tab, pane)),
    split: (count: Split) => setStored(split(layout, count)),
    reset: () => setStored(single),
  };
}
