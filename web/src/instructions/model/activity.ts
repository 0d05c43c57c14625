/** Somebody who has not moved, typed or scrolled for so long does not look. */
const LOOKS_FOR_MS = 5 * 60_000;

let lastSignAt = Date.now();
const sign = () => (lastSignAt = Date.now());
for (const type of ['pointermove', 'pointerdown', 'keydown', 'wheel', 'scroll', 'focus']) {
  addEventListener(type, sign, { capture: true, passive: true });
}

/** Whether a person has this element before them: the tab is in front, its pane is shown, and they are there. */
export const isLookedAt = (element: Element, now = Date.now()): boolean =>
  document.visibilityState === 'visible' &&
  element.isConnected &&
  element.checkVisibility() &&
  now - lastSignAt < LOOKS_FOR_MS;
