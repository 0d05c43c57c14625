/** Which tabs stand in which pane. A tab is `system/access`. */
export interface Layout {
  panes: { tabs: string[]; active: string | undefined }[];
}
export type Split = 1 | 2 | 4;

/** All tabs in one pane, the first one shown. */
export const initialLayout = (tabs: string[]): Layout => ({ panes: [{ tabs, active: tabs[0] }] });

/** Fits a remembered layout to the tabs that are there: gone ones leave, new ones come last. */
export function fitLayout({ panes }: Layout, tabs: string[]): Layout {
  const there = new Set(tabs);
  const placed = new Set<string>();
  const kept = panes.map((pane) => {
    const mine = pane.tabs.filter((tab) => there.has(tab) && !placed.has(tab));
    for (const tab of mine) placed.add(tab);
    return withTabs(pane, mine);
  });
  const first = kept[0] ?? { tabs: [], active: undefined };
  const added = tabs.filter((tab) => !placed.has(tab));
  return { panes: [withTabs(first, [...first.tabs, ...added]), ...kept.slice(1)] };
}

/** Changes the number of panes. New ones take over a tab that was hidden; the tabs of lost ones go to the last that stays. */
export function split({ panes }: Layout, count: Split): Layout {
  const kept = panes.slice(0, count).map((pane) => ({ ...pane, tabs: [...pane.tabs] }));
  const last = kept.at(-1);
  for (const lost of panes.slice(count)) last?.tabs.push(...lost.tabs);
  while (kept.length < count) kept.push({ tabs: takeHidden(kept), active: undefined });
  return { panes: kept.map((pane) => withTabs(pane, pane.tabs)) };
}

export const activate = ({ panes }: Layout, tab: string): Layout => ({
  panes: panes.map((pane) => (pane.tabs.includes(tab) ? { ...pane, active: tab } : pane)),
});

export function moveTab({ panes }: Layout, tab: string, to: number): Layout {
  return {
    panes: panes.map((pane, index) => {
      const rest = pane.tabs.filter((other) => other !== tab);
      return index === to ? { tabs: [...rest, tab], active: tab } : withTabs(pane, rest);
    }),
  };
}

export const visibleTabs = ({ panes }: Layout): string[] =>
  panes.flatMap(({ active }) => (active === undefined ? [] : [active]));

const withTabs = (pane: Layout['panes'][number], tabs: string[]) => ({
  tabs,
  active: pane.active !== undefined && tabs.includes(pane.active) ? pane.active : tabs[0],
});

function takeHidden(panes: Layout['panes']): string[] {
  for (const pane of panes) {
    const shown = pane.active ?? pane.tabs[0];
    const hidden = pane.tabs.find((tab) => tab !== shown);
    if (hidden === undefined) continue;
    pane.tabs = pane.tabs.filter((tab) => tab !== hidden);
    return [hidden];
  }
  return [];
}

/** Reads what a browser stored, maybe by another version: anything odd counts as nothing. */
export function parseLayout(text: string | undefined): Layout | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isLayout(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isLayout(value: unknown): value is Layout {
  if (!isRecord(value) || !Array.isArray(value['panes'])) return false;
  const { panes } = value;
  return (
    [1, 2, 4].includes(panes.length) &&
    panes.every((pane) => isRecord(pane) && isTexts(pane['tabs']) && isTab(pane['active']))
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isTab = (value: unknown) => value === undefined || typeof value === 'string';
const isTexts = (value: unknown) => Array.isArray(value) && value.every((item) => typeof item === 'string');
