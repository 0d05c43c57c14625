import { useEffect, useEffectEvent, useState } from 'react';
import { hasChanges, patchOf } from './changes.js';
import { forgetWork, keepWork } from './kept-work.js';
import type { LabEditing } from './lab-editing.js';

const QUIET_MS = 800;

/** Keeps what is not saved in this browser, a moment after each change. @returns whether the browser does keep it */
export function useKeptWork(key: string, { base, files, saved }: LabEditing): boolean {
  const [kept, setKept] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => void keepChanges(key, { base, files, saved }).then(setKept), QUIET_MS);
    return () => clearTimeout(timer);
  }, [key, base, files, saved]);
  const keepNow = useEffectEvent(() => keepChanges(key, { base, files, saved }));
  useEffect(() => {
    const leave = () => document.visibilityState === 'hidden' && void keepNow();
    document.addEventListener('visibilitychange', leave);
    return () => document.removeEventListener('visibilitychange', leave);
  }, []);
  return kept;
}

async function keepChanges(key: string, { base, files, saved }: Pick<LabEditing, 'base' | 'files' | 'saved'>) {
  if (hasChanges(base, files)) return keepWork(key, { from: saved, patch: patchOf(base, files), keptAt: Date.now() });
  await forgetWork(key);
  return true;
}
