import { useEffect, useEffectEvent, useState } from 'react';
import { hasChanges, patchOf } from './changes.js';
import { forgetWork, keepWork } from './kept-work.js';
import type { LabEditing } from './lab-editing.js';
import type { LabFiles } from './lab-files.js';

const QUIET_MS = 800;
/** Names this window. */
const by = crypto.randomUUID();

export type Keeping = 'soon' | 'kept' | 'failed';
type Work = Pick<LabEditing, 'base' | 'files' | 'saved'>;

/** Keeps what is not saved in this browser, a moment after each change; tells whether what is shown is kept. */
export function useKeptWork(key: string, { base, files, saved }: Work): Keeping {
  const [last, setLast] = useState<{ files: LabFiles; kept: boolean }>();
  const keep = useEffectEvent(async (work: Work) => {
    const kept = await keepChanges(key, work);
    setLast({ files: work.files, kept });
  });
  useEffect(() => {
    const timer = setTimeout(() => void keep({ base, files, saved }), QUIET_MS);
    return () => clearTimeout(timer);
  }, [base, files, saved]);
  const keepNow = useEffectEvent(() => keepChanges(key, { base, files, saved }));
  useEffect(() => {
    const leave = () => document.visibilityState === 'hidden' && void keepNow();
    document.addEventListener('visibilitychange', leave);
    return () => document.removeEventListener('visibilitychange', leave);
  }, []);
  if (last?.kept === false) return 'failed';
  return last?.files === files ? 'kept' : 'soon';
}

async function keepChanges(key: string, { base, files, saved }: Work) {
  if (hasChanges(base, files))
    return keepWork(key, { from: saved, patch: patchOf(base, files), keptAt: Date.now(), by });
  await forgetWork(key, by);
  return true;
}
