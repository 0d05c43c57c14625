import type { Session } from '@lab-orchestrator/contracts';
import { loadAgain } from '../app/load-again.js';

export const loadTerminalPane = () => loadAgain(() => import('../consoles/terminal-pane.js'));
export const loadDesktopPane = () => loadAgain(() => import('../consoles/desktop-pane.js'));

/** Fetches the code of the consoles while the systems start, so that the first prompt does not wait for it. */
export function preloadConsoles({ systems }: Session): void {
  const kinds = new Set(systems.flatMap(({ access }) => access.map(({ kind }) => kind)));
  if (kinds.has('terminal') || kinds.has('serial')) void loadTerminalPane();
  if (kinds.has('desktop')) void loadDesktopPane();
}
