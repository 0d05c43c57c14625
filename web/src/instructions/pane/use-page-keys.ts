import { useEffect, useEffectEvent } from 'react';
import type { InstructionsValue } from '../instructions-context.js';
import { neighbours } from '../model/progress.js';

/** Keys as people read them in the help. */
export const FOCUS_KEY = 'Ctrl-Shift-X';
export const NEXT_PAGE_KEY = 'Alt-Page Down';
export const PREVIOUS_PAGE_KEY = 'Alt-Page Up';

const inConsole = (target: EventTarget | null) =>
  target instanceof Element && target.closest('[data-console]') !== null;

/** Turns pages from anywhere but the consoles, to which these keys belong. */
export function usePageKeys(value: InstructionsValue | undefined, slug: string | undefined): void {
  const turn = useEffectEvent((event: KeyboardEvent) => {
    if (value === undefined || slug === undefined || !event.altKey || event.ctrlKey || event.metaKey) return;
    if (inConsole(event.target)) return;
    const { previous, next } = neighbours(value.outline, slug);
    const page = { PageUp: previous, PageDown: next }[event.key];
    if (page === undefined) return;
    event.preventDefault();
    value.go(page.slug);
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => turn(event);
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}

/** One key between the instructions and the system that was used last, also out of a terminal. */
export function useFocusKey(showInstructions: () => void): void {
  const show = useEffectEvent(showInstructions);
  useEffect(() => {
    let last: Element | null = null;
    const onFocus = ({ target }: FocusEvent) => {
      if (inConsole(target) && target instanceof Element) last = target;
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.ctrlKey || !event.shiftKey || event.altKey || event.code !== 'KeyX') return;
      event.preventDefault();
      event.stopPropagation();
      if (document.activeElement?.closest('[data-instructions]') != null) {
        const target = last?.isConnected === true ? last : document.querySelector('[role=tab][aria-selected=true]');
        if (target instanceof HTMLElement) target.focus();
        return;
      }
      show();
      // The pane may have been hidden until now.
      requestAnimationFrame(() => {
        const heading = document.querySelector('[data-instructions] h2');
        if (heading instanceof HTMLElement) heading.focus();
      });
    };
    addEventListener('focusin', onFocus);
    addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      removeEventListener('focusin', onFocus);
      removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, []);
}
