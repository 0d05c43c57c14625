import { useTranslation } from 'react-i18next';
import { tabsOf, type ConsoleTab } from '../../workspace/tabs.js';
import { useInstructions } from '../instructions-context.js';

interface Target {
  tab: ConsoleTab | undefined;
  /** Why nothing can be sent there now, for the person who would click. */
  obstacle: string | undefined;
}

/** The tab that instructions speak of: the named one, else the first of the system that takes text. */
export function useTarget(system: string, access?: string): Target {
  const { t } = useTranslation();
  const { session, canAct, printed, preview } = useInstructions();
  const tab = tabsOf(session).find(
    (one) => one.system.name === system && (access === undefined ? one.kind !== 'web' : one.access === access),
  );
  const obstacle = () => {
    if (printed) return undefined;
    if (preview !== undefined) return t('instructions.onlyInSession');
    if (session.phase === 'ended' || session.phase === 'ending') return t('instructions.obstacle.ended');
    if (session.role === 'viewer' || !canAct) return t('instructions.obstacle.watching');
    if (tab === undefined) return t('instructions.obstacle.missing');
    if (session.phase === 'paused' || session.phase === 'pausing') return t('instructions.obstacle.paused');
    return tab.system.state === 'ready' ? undefined : t('instructions.obstacle.notReady');
  };
  return { tab, obstacle: obstacle() };
}
