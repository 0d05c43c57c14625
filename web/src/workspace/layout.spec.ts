// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { activate, fitLayout, initialLayout, moveTab, parseLayout, split, visibleTabs, type Layout } from './layout.js';

const tabs = ['a/t', 'b/t', 'c/t', 'd/t', 'e/t'];
const shape = ({ panes }: Layout) => panes.map((pane) => `${pane.tabs.join(' ')} > ${pane.active}`);

describe('split', () => {
  it('gives new panes the tabs that were hidden', () => {
    expect(shape(split(initialLayout(tabs), 2))).toEqual(['a/t c/t d/t e/t > a/t', 'b/t > b/t']);
    expect(visibleTabs(split(initialLayout(tabs), 4))).toEqual(['a/t', 'b/t', 'c/t', 'd/t']);
  });

  it('keeps what is shown in a pane when it splits', () => {
    expect(visibleTabs(split(activate(initialLayout(tabs), 'd/t'), 2))).toEqual(['d/t', 'a/t']);
  });

  it('loses no tab on the way back', () => {
    expect(split(split(initialLayout(tabs), 4), 1).panes[0]?.tabs.toSorted()).toEqual(tabs);
  });

  it('leaves a pane empty when there is nothing to show in it', () => {
    expect(shape(split(initialLayout(['a/t']), 2))).toEqual(['a/t > a/t', ' > undefined']);
  });
});

describe('moveTab', () => {
  it('shows the moved tab, and the next one where it was', () => {
    const two = split(initialLayout(tabs), 2);
    expect(shape(moveTab(two, 'a/t', 1))).toEqual(['c/t d/t e/t > c/t', 'b/t a/t > a/t']);
  });
});

describe('fitLayout', () => {
  const stored: Layout = {
    panes: [
      { tabs: ['gone/t', 'b/t'], active: 'gone/t' },
      { tabs: ['b/t', 'a/t'], active: 'a/t' },
    ],
  };

  it('drops tabs that are gone or doubled and adds new ones', () => {
    expect(shape(fitLayout(stored, ['a/t', 'b/t', 'new/t']))).toEqual(['b/t new/t > b/t', 'a/t > a/t']);
  });
});

describe('parseLayout', () => {
  it('reads back what was stored', () => {
    const layout = split(initialLayout(tabs), 4);
    expect(parseLayout(JSON.stringify(layout))).toEqual(layout);
  });

  it.each([undefined, '', '{', '{}', '{"panes":[]}', '{"panes":[{"tabs":[1]}]}', '{"panes":[null]}', '[]'])(
    'takes %j for nothing',
    (text) => {
      expect(parseLayout(text)).toBeUndefined();
    },
  );
});
