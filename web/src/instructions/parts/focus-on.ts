/** Brings an element into view and puts the focus there, so that reading goes on at it. */
export function focusOn(id: string): boolean {
  const element = document.getElementById(id);
  if (element === null) return false;
  element.scrollIntoView({ block: 'start' });
  element.focus({ preventScroll: true });
  return true;
}
