import type { Instructions, Session } from '@lab-orchestrator/contracts';
import type { QueryKey } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { ConsoleActions } from './model/console-actions.js';
import type { Outline, StepView } from './model/progress.js';

/** Where the pictures and files of the pages come from. */
export interface FileSource {
  /** Names a file by its content: another content has another key. */
  key: (path: string) => QueryKey;
  fetch: (path: string, signal?: AbortSignal) => Promise<Blob>;
}

/** What the parts of a page need to know and may do. */
export interface InstructionsValue {
  session: Session;
  instructions: Instructions;
  /** Asked for; the lab may not have it. */
  language: string;
  outline: Outline;
  steps: ReadonlyMap<string, StepView>;
  /** This person works here; else the page is only read: by somebody who watches, or after the end. */
  canAct: boolean;
  /** On paper: everything is open, nothing can be pressed. */
  printed: boolean;
  /** Its author looks at pages that are not saved yet: these are their files. There is no session to do anything in. */
  preview?: FileSource;
  consoles: ConsoleActions;
  go: (slug: string, anchor?: string) => void;
  tick: (stepId: string, done: boolean) => void;
  /** Said by screen readers, in the order in which it happens. */
  announce: (text: string) => void;
}

const Context = createContext<InstructionsValue | undefined>(undefined);
export const InstructionsProvider = Context.Provider;

export function useInstructions(): InstructionsValue {
  const value = useContext(Context);
  if (value === undefined) throw new Error('this part belongs inside instructions');
  return value;
}

/** The step around a part; nothing outside of steps. */
export const StepContext = createContext<StepView | undefined>(undefined);

/** What links inside a page point to. The prefix keeps an author's names apart from those of the app. */
export const anchorId = (anchor: string): string => `in-${anchor}`;
