import { z } from 'zod';
import * as instructions from '../http/instructions.js';
import { Nothing, pageOf } from '../http/paging.js';
import * as progress from '../http/progress.js';
import { PageAnchor, PageSlug } from '../instructions/inlines.js';
import { VariableName } from '../lab-file/lab-file.js';
import { defineRequest } from '../messaging/request.js';

const bySession = { sessionId: z.uuid() };
const byStep = { ...bySession, stepId: PageAnchor };

export const GetInstructionsRequest = defineRequest('instruction.pages.list', {
  request: instructions.GetInstructions.extend(bySession),
  reply: instructions.Instructions,
});
export const GetInstructionPage = defineRequest('instruction.pages.get', {
  request: instructions.GetInstructions.extend({ ...bySession, page: PageSlug }),
  reply: instructions.InstructionPageView,
});
export const TickStepRequest = defineRequest('instruction.steps.tick', {
  request: instructions.TickStep.extend(byStep),
  reply: instructions.ChangedStep,
});
export const RunCheckRequest = defineRequest('instruction.steps.check', {
  request: instructions.RunCheck.extend(byStep),
  reply: instructions.CheckResult,
});
export const AnswerQuizRequest = defineRequest('instruction.steps.answer', {
  request: instructions.AnswerQuiz.extend(byStep),
  reply: instructions.QuizResult,
});
export const TakeHintRequest = defineRequest('instruction.steps.hint', {
  request: instructions.TakeHint.extend(byStep),
  reply: instructions.TakenHint,
});
export const ReopenStepRequest = defineRequest('instruction.steps.reopen', {
  request: instructions.ReopenStep.extend(byStep),
  reply: instructions.ChangedStep,
});
export const PutAnswerRequest = defineRequest('instruction.answers.put', {
  request: instructions.PutAnswer.extend({ ...bySession, name: VariableName }),
  reply: Nothing,
});
export const GetSessionProgress = defineRequest('instruction.progress.get', {
  request: z.strictObject(bySession),
  reply: progress.SessionProgress,
});
export const ListProgressRequest = defineRequest('instruction.progress.list', {
  request: progress.ListProgress,
  reply: pageOf(progress.ProgressLine),
});
/** The table lies in the uploads bucket, for an hour. */
export const ExportProgressRequest = defineRequest('instruction.progress.export', {
  request: progress.ExportProgress,
  reply: z.strictObject({ blob: z.string(), sizeBytes: z.int() }),
});

export const instructionRequests = [
  GetInstructionsRequest,
  GetInstructionPage,
  TickStepRequest,
  RunCheckRequest,
  AnswerQuizRequest,
  TakeHintRequest,
  ReopenStepRequest,
  PutAnswerRequest,
  GetSessionProgress,
  ListProgressRequest,
  ExportProgressRequest,
] as const;
