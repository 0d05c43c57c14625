import type { Session } from '@lab-orchestrator/contracts';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recall, remember } from '../../app/local-store.js';
import { useMe } from '../../auth/use-me.js';
import type { InstructionsValue } from '../instructions-context.js';
import { instructionsValue } from '../instructions-value.js';
import type { ConsoleActions } from '../model/console-actions.js';
import { instructionsQuery } from '../model/instruction-queries.js';
import { startPage } from '../model/progress.js';
import { useTickQueue } from '../model/use-tick-queue.js';

/** The language a person reads this lab in: chosen here, else that of the app. The server falls back by itself. */
export function useReadingLanguage(labId: string) {
  const { i18n } = useTranslation();
  const key = `lab.reading.${labId}`;
  const [chosen, setChosen] = useState(() => recall(key) || undefined);
  const choose = (language: string) => {
    setChosen(language);
    remember(key, language);
  };
  return { language: chosen ?? i18n.language, choose };
}

/** Somebody who reads the instructions of a session: the page, the language, what was ticked and what was said. */
export function useReader(session: Session, consoles: ConsoleActions) {
  const me = useMe();
  const { language, choose } = useReadingLanguage(session.lab.id);
  const query = useQuery(instructionsQuery(session.id, language));
  const { pending, add } = useTickQueue(session.id, me.id, language);
  const pageKey = `lab.page.${session.id}`;
  const [wanted, setWanted] = useState<{ slug: string; anchor?: string | undefined; visit: number }>();
  const [said, setSaid] = useState('');

  const go = useCallback(
    (slug: string, anchor?: string) => setWanted((old) => ({ slug, anchor, visit: (old?.visit ?? 0) + 1 })),
    [],
  );
  /** Empty in between: two equal messages in a row are two messages. */
  const announce = useCallback((text: string) => {
    setSaid('');
    setTimeout(() => setSaid(text), 50);
  }, []);

  const instructions = query.data;
  const value = useMemo((): InstructionsValue | undefined => {
    if (instructions === undefined) return undefined;
    const over = session.phase === 'ended' || session.phase === 'ending';
    const canAct = instructions.canAct && !over;
    const reading = { session, instructions, language, canAct, printed: false, consoles, go, tick: add, announce };
    return instructionsValue(reading, pending);
  }, [session, instructions, language, pending, consoles, go, add, announce]);

  // Chosen once: a page that is done does not turn by itself.
  const slug = value && startPage(value.outline, wanted?.slug ?? recall(pageKey));
  if (slug !== undefined && wanted === undefined) setWanted({ slug, visit: 0 });
  useEffect(() => {
    if (slug !== undefined) remember(pageKey, slug);
  }, [pageKey, slug]);
  return { query, value, slug, anchor: wanted?.anchor, visit: wanted?.visit ?? 0, language, choose, pending, said };
}
export type Reader = ReturnType<typeof useReader>;
