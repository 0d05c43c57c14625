import { z } from 'zod';
import * as instructions from '../http/instructions.js';
import { Nothing, pageOf } from '../http/paging.js';
import * as progress from '../http/progress.js';
import { PageAnchor, PageSlug } from '../instructions/inlines.js';
import { VariableName } from '../lab-file/lab-file.js';
import { defineRoute } from './route.js';

const sessionId = z.strictObject({ sessionId: z.uuid() });
const stepId = sessionId.extend({ stepId: PageAnchor });
const read = { tag: 'Instructions', audience: 'user' } as const;
const act = { ...read, scope: 'sessions', params: stepId } as const;
const overview = { tag: 'Progress', audience: 'staff' } as const;

export const instructionRoutes = {
  getInstructions: defineRoute('GET', '/sessions/{sessionId}/instructions', {
    ...read,
    params: sessionId,
    summary: 'The pages of its lab, and how far you are',
    query: instructions.GetInstructions,
    reply: instructions.Instructions,
  }),
  getInstructionPage: defineRoute('GET', '/sessions/{sessionId}/instructions/{page}', {
    ...read,
    params: sessionId.extend({ page: PageSlug }),
    summary: "One page as a safe syntax tree, with the session's values in it",
    query: instructions.GetInstructions,
    reply: instructions.InstructionPageView,
  }),
  tickStep: defineRoute('PUT', '/sessions/{sessionId}/steps/{stepId}', {
    ...act,
    summary: 'Tick or untick a step',
    body: instructions.TickStep,
    reply: instructions.ChangedStep,
  }),
  runCheck: defineRoute('POST', '/sessions/{sessionId}/steps/{stepId}/check', {
    ...act,
    summary: 'Look inside the systems whether the step is done',
    body: instructions.RunCheck,
    reply: instructions.CheckResult,
  }),
  answerQuiz: defineRoute('POST', '/sessions/{sessionId}/steps/{stepId}/answer', {
    ...act,
    summary: 'Answer a quiz',
    body: instructions.AnswerQuiz,
    reply: instructions.QuizResult,
  }),
  takeHint: defineRoute('POST', '/sessions/{sessionId}/steps/{stepId}/hint', {
    ...act,
    summary: 'Open a hint; costs what it says',
    body: instructions.TakeHint,
    reply: instructions.TakenHint,
  }),
  reopenStep: defineRoute('POST', '/sessions/{sessionId}/steps/{stepId}/reopen', {
    ...act,
    audience: 'staff',
    summary: 'Open a step again for a learner; its hints stay open, its attempts start anew',
    body: instructions.ReopenStep,
    reply: instructions.ChangedStep,
  }),
  putAnswer: defineRoute('PUT', '/sessions/{sessionId}/answers/{name}', {
    ...act,
    params: sessionId.extend({ name: VariableName }),
    summary: 'Fill in a line; pages show it as a variable from then on',
    body: instructions.PutAnswer,
    reply: Nothing,
  }),
  getSessionProgress: defineRoute('GET', '/sessions/{sessionId}/progress', {
    ...read,
    params: sessionId,
    summary: 'Who has done what, per page and per step',
    reply: progress.SessionProgress,
  }),
  listProgress: defineRoute('GET', '/progress', {
    ...overview,
    summary: 'A class at a glance',
    query: progress.ListProgress,
    reply: pageOf(progress.ProgressLine),
  }),
  exportProgress: defineRoute('GET', '/progress.csv', {
    ...overview,
    summary: 'The same as a table for spreadsheets',
    query: progress.ExportProgress,
    reply: Nothing,
    media: { reply: 'text/csv' },
  }),
} as const;
