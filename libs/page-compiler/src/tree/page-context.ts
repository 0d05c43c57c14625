import type {
  InstructionAnswers,
  PageBlock,
  PageFootnote,
  PageHeading,
  PageInline,
  PagePageLink,
  StepDefinition,
} from '@lab-orchestrator/contracts';
import type { Definition, FootnoteDefinition, PhrasingContent, RootContent } from 'mdast';
import type { LabSources } from '../lab/lab-sources.js';
import { pageLimits } from '../source/limits.js';
import { PageReport, type Place } from '../source/page-report.js';

/** What all pages of one language share. */
export interface LanguageContext {
  lab: LabSources;
  language: string;
  /** Names that `{{ }}` may hold. */
  variables: ReadonlySet<string>;
  /** Pages by path, with the name links get. */
  slugs: ReadonlyMap<string, string>;
  /** What was met so far, to find what is there twice: pages and steps with their file. */
  seen: { pages: Map<string, string>; steps: Map<string, string>; sets: Set<string> };
}

/** A link whose goal is known only when all pages are compiled. */
export interface PendingLink {
  node: PagePageLink;
  at: Place | undefined;
  /** The page that was written, if one was. */
  page: string | undefined;
  anchor: string;
}

/** The box something stands in, as far as that decides what may stand there. */
export type Surrounding = 'page' | 'step' | 'quiz' | 'hint' | 'box';

type Children = ReadonlyArray<RootContent>;
type Compile<From, To> = (nodes: readonly From[], page: PageContext) => To[];

/** The state of one page while it is compiled. */
export class PageContext {
  readonly report: PageReport;
  readonly steps: StepDefinition[] = [];
  readonly places = new Map<StepDefinition, Place>();
  readonly answers: InstructionAnswers = { checks: {}, hints: {}, quizzes: {} };
  readonly headings: PageHeading[] = [];
  readonly pending: PendingLink[] = [];
  readonly definitions = new Map<string, Definition>();
  readonly footnoteDefinitions = new Map<string, FootnoteDefinition>();
  readonly footnotes: PageFootnote[] = [];
  /** The step that checks, ticks and hints belong to. */
  step: StepDefinition | undefined;
  surrounding: Surrounding = 'page';
  private depth = 0;
  private nodes = 0;
  private isTooMuch = false;
  private readonly numbers = new Map<string, number>();

  constructor(
    readonly file: string,
    readonly slug: string,
    readonly text: string,
    readonly shared: LanguageContext,
    private readonly compile: {
      blocks: Compile<RootContent, PageBlock>;
      inlines: Compile<PhrasingContent, PageInline>;
    },
  ) {
    this.report = new PageReport(file, text);
  }

  blocks(nodes: Children): PageBlock[] {
    return this.deeper(nodes, () => this.compile.blocks(nodes, this));
  }

  inlines(nodes: readonly PhrasingContent[]): PageInline[] {
    return this.deeper(nodes, () => this.compile.inlines(nodes, this));
  }

  /** Compiles what stands inside of something. */
  inside<T>(surrounding: Surrounding, step: StepDefinition | undefined, work: () => T): T {
    const before = { surrounding: this.surrounding, step: this.step };
    this.surrounding = surrounding;
    this.step = step;
    try {
      return work();
    } finally {
      this.surrounding = before.surrounding;
      this.step = before.step;
    }
  }

  /** `command-1`, `command-2`, …: the same as long as the page is. */
  next(kind: string): string {
    const number = (this.numbers.get(kind) ?? 0) + 1;
    this.numbers.set(kind, number);
    return `${kind}-${number}`;
  }

  /** Takes note of a step. Its id is its own in all pages of the language. */
  addStep(step: StepDefinition, at: Place | undefined) {
    const { steps } = this.shared.seen;
    const other = steps.get(step.id);
    if (other !== undefined)
      this.report.error(at, `#${step.id}`, 'duplicate_step', `there is another step "${step.id}" in ${other}`);
    steps.set(step.id, this.file);
    this.steps.push(step);
    if (at) this.places.set(step, at);
  }

  private deeper<T>(nodes: readonly { position?: RootContent['position'] }[], work: () => T[]): T[] {
    this.nodes += nodes.length;
    if (this.depth < pageLimits.depth && this.nodes <= pageLimits.nodes) {
      this.depth += 1;
      try {
        return work();
      } finally {
        this.depth -= 1;
      }
    }
    if (!this.isTooMuch && nodes.length > 0) {
      this.isTooMuch = true;
      const message = 'the page holds too much, or is nested too deeply; the rest is left out';
      this.report.error(nodes[0]?.position?.start, '', 'page_too_complex', message);
    }
    return [];
  }
}
