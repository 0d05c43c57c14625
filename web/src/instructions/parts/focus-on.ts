/** A button that was pressed is locked or gone: its place, or what is around it, gets the focus that would be lost. */
export function keepFocus(frame: HTMLElement | null): void {
  setTimeout(() => {
    if (frame === null || document.activeElement !== document.body) return;
    const button = frame.querySelector('button:not(:disabled), input:not(:disabled)');
    const target = button ?? frame.closest('section');
    if (target instanceof HTMLElement) target.focus({ preventScroll: true });
  }, 0);
}

/** Brings an element into view and puts the focus there, so that reading goes on at it. */
export function focusOn(id: string): boolean {
  const element = document.getElementById(id);
  if (element === null) return false;
  element.scrollIntoView({ block: 'start' });
  element.focus({ preventScroll: true });
  return true;
}
