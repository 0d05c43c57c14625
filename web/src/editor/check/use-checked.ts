import type { CheckOptions } from '@lab-orchestrator/lab-folder/check';
import { useEffect, useRef, useState } from 'react';
import type { LabFiles } from '../model/lab-files.js';
import { type LabNames, noNames } from '../model/lab-names.js';
import type { CheckAnswer, Checked } from './lab-check.js';
import { LabChecker } from './lab-checker.js';

/** Nobody wants to be corrected in the middle of a word. */
const QUIET_MS = 350;

export interface LiveCheck extends Partial<Checked> {
  /** The names of the last state whose lab file could be read. */
  known: LabNames;
  /** The JSON Schema of the lab file. */
  schema: unknown;
  failed: boolean;
}

const openWorker = (onAnswer: (answer: CheckAnswer) => void, onFailure: () => void) => {
  const worker = new Worker(new URL('./check.worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<CheckAnswer>) => onAnswer(data));
  worker.addEventListener('error', onFailure);
  return worker;
};

/** What the server would say to the files as they are now, a moment after they changed. */
export function useChecked(files: LabFiles, options: CheckOptions | undefined): LiveCheck {
  const [live, setLive] = useState<LiveCheck>({ known: noNames, schema: undefined, failed: false });
  const checker = useRef<LabChecker>(undefined);
  useEffect(() => {
    const opened = new LabChecker({
      open: openWorker,
      onChecked: (checked) =>
        setLive((old) => ({
          ...old,
          ...checked,
          // While the lab file is broken, what could be read last is shown on.
          known: checked.names ?? old.known,
          instructions: checked.instructions ?? old.instructions,
        })),
      onSchema: (schema) => setLive((old) => ({ ...old, schema })),
      onFailure: () => setLive((old) => ({ ...old, failed: true })),
    });
    checker.current = opened;
    return () => opened.stop();
  }, []);
  const asked = useRef(false);
  useEffect(() => {
    if (options === undefined) return;
    const ask = () => {
      asked.current = true;
      checker.current?.check(files, options);
    };
    const timer = setTimeout(ask, asked.current ? QUIET_MS : 0);
    return () => clearTimeout(timer);
  }, [files, options]);
  return live;
}
