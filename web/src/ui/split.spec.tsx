import { createEvent, fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Split } from './split.js';
import { limited, shareByKey, shareIn } from './split-share.js';

describe('limited', () => {
  it.each([
    [0.5, {}, 1000, 0.5],
    [0.9, { max: 0.75 }, 1000, 0.75],
    [0.1, { min: 0.15 }, 1000, 0.15],
    [0.1, { minPx: 220 }, 1000, 0.22],
    [0.1, { min: 0.3, minPx: 220 }, 1000, 0.3],
    [0.1, { minPx: 220 }, 0, 0.1],
  ])('%d within %j of %d px is %d', (wanted, limits, room, share) => {
    expect(limited(wanted, limits, room)).toBe(share);
  });
});

describe('shareByKey', () => {
  const at = { share: 0.5, stacked: false, sizedLast: false };
  it.each([
    ['ArrowRight', at, 0.55],
    ['ArrowLeft', at, 0.45],
    ['ArrowDown', at, undefined],
    ['ArrowDown', { ...at, stacked: true }, 0.55],
    ['ArrowRight', { ...at, sizedLast: true }, 0.45],
    ['ArrowLeft', { ...at, sizedLast: true }, 0.55],
    ['Home', at, 0],
    ['End', { ...at, sizedLast: true }, 1],
    ['a', at, undefined],
  ])('%s at %j is %s', (key, where, share) => {
    expect(shareByKey(key, where)).toBe(share);
  });
});

describe('shareIn', () => {
  it.each([
    ['0.4', 0.4],
    ['', undefined],
    ['{"left":34}', undefined],
    ['7', undefined],
    [undefined, undefined],
  ])('%j is %s', (text, share) => {
    expect(shareIn(text)).toBe(share);
  });
});

describe('a split', () => {
  beforeEach(() => {
    localStorage.clear();
    vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(1_000);
    HTMLElement.prototype.setPointerCapture = () => undefined;
  });
  const limits = { minPx: 220, max: 0.75 };
  const split = (change = {}) => (
    <Split name="s" label="Resize" initial={0.34} {...limits} sized={<b>sized</b>} rest={<input />} {...change} />
  );
  const divider = () => screen.getByRole('separator', { name: 'Resize' });
  const share = () => divider().getAttribute('aria-valuenow');

  it('moves by keys within its limits, and remembers its place', () => {
    const { unmount } = render(split());
    expect(share()).toBe('34');
    fireEvent.keyDown(divider(), { key: 'ArrowRight' });
    expect(share()).toBe('39');
    fireEvent.keyDown(divider(), { key: 'End' });
    expect(share()).toBe('75');
    fireEvent.keyDown(divider(), { key: 'Home' });
    expect(share()).toBe('22');
    unmount();
    render(split());
    expect(share()).toBe('22');
    fireEvent.doubleClick(divider());
    expect(share()).toBe('34');
  });

  it('follows the pointer from either side while it is pressed', () => {
    const { rerender } = render(split());
    const move = (clientX: number) => {
      const event = createEvent.pointerMove(divider());
      Object.defineProperty(event, 'clientX', { value: clientX });
      fireEvent(divider(), event);
    };
    move(600);
    expect(share()).toBe('34');
    fireEvent.pointerDown(divider(), { button: 0 });
    move(600);
    expect(share()).toBe('60');
    rerender(split({ sizedLast: true }));
    move(600);
    expect(share()).toBe('40');
    fireEvent.lostPointerCapture(divider());
    move(300);
    expect(share()).toBe('40');
  });

  it('keeps the rest when it changes places and when the sized part is folded away', () => {
    const { rerender } = render(split());
    const rest = screen.getByRole('textbox');
    rerender(split({ sizedLast: true }));
    expect(screen.getByRole('textbox')).toBe(rest);
    rerender(split({ sized: undefined }));
    expect(screen.getByRole('textbox')).toBe(rest);
    expect(screen.queryByRole('separator')).toBeNull();
  });
});
