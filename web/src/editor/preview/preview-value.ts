import type { CompiledInstructions, Instructions, LanguageInstructions, Session } from '@lab-orchestrator/contracts';
import type { FileSource, InstructionsValue } from '../../instructions/instructions-context.js';
import type { ConsoleActions } from '../../instructions/model/console-actions.js';
import { outlineOf, untouched } from '../../instructions/model/progress.js';
import type { LabNames } from '../model/lab-names.js';

const nobody = () => Promise.resolve('noWorkspace' as const);
const noConsoles: ConsoleActions = { show: nobody, type: nobody, give: nobody };

interface Shown {
  instructions: CompiledInstructions;
  language: string;
  names: LabNames;
  files: FileSource;
  go: (slug: string, anchor?: string) => void;
}

export const languageShown = ({ languages }: CompiledInstructions, wanted: string): LanguageInstructions | undefined =>
  languages.find(({ language }) => language === wanted) ?? languages[0];

/** What the parts of a page find around them in a preview: a lab that nobody has begun, with every hint open. */
export function previewValue({ instructions, language, names, files, go }: Shown): InstructionsValue | undefined {
  const shown = languageShown(instructions, language);
  if (shown === undefined) return undefined;
  const view: Instructions = {
    sessionId: 'preview',
    labId: 'preview',
    version: 1,
    languages: instructions.languages.map((one) => one.language),
    language: shown.language,
    pages: shown.pages,
    userId: 'preview',
    canAct: false,
    states: shown.pages
      .flatMap(({ steps }) => steps)
      .map((step) => ({
        ...untouched(step),
        hints: Object.values(shown.answers.hints).filter((hint) => hint.step === step.id),
      })),
    progress: { steps: instructions.steps.length, done: 0, points: 0, maxPoints: 0 },
    answers: {},
  };
  const outline = outlineOf(view, []);
  return {
    session: sessionOf(names),
    instructions: view,
    language: shown.language,
    outline,
    steps: new Map(outline.pages.flatMap(({ steps }) => steps).map((step) => [step.definition.id, step])),
    canAct: false,
    printed: false,
    preview: files,
    consoles: noConsoles,
    go,
    tick: () => undefined,
    announce: () => undefined,
  };
}

/** Stands in for the session that a learner would have: its systems are those of the lab file. */
const sessionOf = ({ systems }: LabNames): Session => ({
  id: 'preview',
  lab: { id: 'preview', version: 1, title: '', slug: 'preview' },
  ownerId: 'preview',
  ownerName: '',
  desired: 'running',
  phase: 'ready',
  systems: systems.map((system) => ({ ...system, stage: 'ready', state: 'ready', hasCredentials: false })),
  createdAt: '1970-01-01T00:00:00.000Z',
  deadlineAt: '1970-01-01T00:00:00.000Z',
  extensionsLeft: 0,
  extendByS: 0,
  canPause: false,
  pauseLoses: [],
  generation: 1,
  role: 'owner',
});
