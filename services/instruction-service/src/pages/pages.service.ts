import type {
  GetInstructionPage,
  GetInstructionsRequest,
  InstructionPage,
  Principal,
  ReplyInputOf,
  RequestOf,
} from '@lab-orchestrator/contracts';
import { substituteText } from '@lab-orchestrator/page-compiler';
import { Injectable } from '@nestjs/common';
import { notFound } from '../policy/allow.js';
import { totalsOf } from '../progress/totals.js';
import { ProgressStore } from '../progress/progress.store.js';
import { blankStep } from '../progress/step-record.js';
import { SessionAccess, type Situation } from '../sessions/session-access.js';
import { SessionValues } from '../sessions/session-values.js';
import { stepView } from '../steps/step-views.js';
import { languageOf } from './language.js';

/** The pages of a session as one person sees them: with its values in them, and their own ticks. */
@Injectable()
export class PagesService {
  constructor(
    private readonly access: SessionAccess,
    private readonly store: ProgressStore,
    private readonly values: SessionValues,
  ) {}

  async overview(
    caller: Principal,
    { sessionId, language }: RequestOf<typeof GetInstructionsRequest>,
  ): Promise<ReplyInputOf<typeof GetInstructionsRequest>> {
    const situation = await this.access.find(caller, sessionId, 'read');
    const { session, lab } = situation;
    const chosen = languageOf(lab.compiled, language);
    const shown = await this.situation(situation, language, () => true);
    return {
      sessionId,
      labId: session.labId,
      version: session.version,
      languages: lab.compiled.languages.map((each) => each.language),
      ...(chosen && { language: chosen.language }),
      pages: (chosen?.pages ?? []).map(withoutText),
      ...shown,
    };
  }

  async page(
    caller: Principal,
    { sessionId, language, page: slug }: RequestOf<typeof GetInstructionPage>,
  ): Promise<ReplyInputOf<typeof GetInstructionPage>> {
    const situation = await this.access.find(caller, sessionId, 'read');
    const page = languageOf(situation.lab.compiled, language)?.pages.find((each) => each.slug === slug);
    if (!page) throw notFound('page');
    const values = await this.values.forReading(situation);
    const shown = await this.situation(situation, language, (step) => step.page === slug);
    return { page: substituteText(page, values), ...shown };
  }

  /** Whose ticks they are, and what they are. */
  private async situation(
    situation: Situation,
    language: string | undefined,
    isWanted: (step: { page: string }) => boolean,
  ) {
    const { session, person, lab, may } = situation;
    const whose = { sessionId: session.id, userId: person.userId };
    const [participant, records, answers] = await Promise.all([
      this.store.participant(whose),
      this.store.steps(whose),
      this.store.answers(whose),
    ]);
    const needsValues = [...records.values()].some(({ hints, attempts }) => hints.length > 0 || attempts > 0);
    const values = needsValues ? await this.values.forReading(situation) : {};
    const pages = languageOf(lab.compiled, language);
    const states = [...lab.steps.values()]
      .filter(isWanted)
      .map((step) => stepView(step, records.get(step.id) ?? blankStep(step.id), pages, values));
    return {
      userId: person.userId,
      canAct: may('act') && session.phase !== 'ending' && session.phase !== 'ended',
      states,
      progress: totalsOf(lab, participant),
      answers,
    };
  }
}

function withoutText(page: InstructionPage) {
  const { nodes: _, footnotes: _notes, ...rest } = page;
  return rest;
}
