import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.js';
import { Problem } from '../../ui/problem.js';
import { useInstructions } from '../instructions-context.js';
import attempt from './attempt.module.css';
import frame from './step-frame.module.css';
import { applyChangedStep } from '../model/instruction-queries.js';
import type { StepView } from '../model/progress.js';
import { answerOf, draftOf, quizPhase, type QuizNode } from '../model/quiz.js';
import { NestedBlocks } from './nested-blocks.js';
import { keepFocus } from './focus-on.js';
import { QuizFields } from './quiz-fields.js';
import { QuizVerdict } from './quiz-verdict.js';
import { StepFrame } from './step-frame.js';

/** A question: choices, a text or a number; says what was right or wrong about an answer after it was given. */
export function QuizBlock({ quiz }: { quiz: QuizNode }) {
  const { steps } = useInstructions();
  const view = steps.get(quiz.id);
  return view === undefined ? <NestedBlocks nodes={quiz.children} /> : <Question quiz={quiz} view={view} />;
}

function Question({ quiz, view }: { quiz: QuizNode; view: StepView }) {
  const { t } = useTranslation();
  const { session, canAct, announce, language, printed } = useInstructions();
  const client = useQueryClient();
  const heading = useId();
  const form = useRef<HTMLFormElement>(null);
  const { state } = view;
  const given = state.quiz?.given;
  const [changed, setChanged] = useState<{ from: string; draft: ReturnType<typeof draftOf> }>();
  // What is answered elsewhere meanwhile is shown here; what is being chosen here stays until then.
  const from = JSON.stringify([given, state.done, state.quiz?.attempts]);
  const draft = changed?.from === from ? changed.draft : draftOf(given);
  const edited = changed?.from === from;
  const phase = quizPhase(state);
  const answer = answerOf(quiz, draft);
  const closed = phase === 'right' || phase === 'over' || !canAct;

  const send = useMutation({
    mutationFn: (body: NonNullable<typeof answer>) =>
      call('answerQuiz', { params: { sessionId: session.id, stepId: quiz.id }, body: { answer: body, language } }),
    // An attempt may count twice when it is sent twice.
    retry: false,
    onSettled: () => keepFocus(form.current),
    onSuccess: (reply) => {
      applyChangedStep(client, session.id, reply);
      announce(t(reply.correct ? 'instructions.quiz.right' : 'instructions.quiz.wrong'));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (answer !== undefined && !closed && !send.isPending) send.mutate(answer);
  };
  const left = state.quiz?.attemptsLeft ?? null;
  return (
    <StepFrame view={view} heading={heading}>
      <form ref={form} className={frame.stepBody} onSubmit={submit}>
        <NestedBlocks nodes={quiz.children} />
        <QuizFields
          quiz={quiz}
          labelledBy={heading}
          draft={draft}
          disabled={closed || send.isPending}
          onDraft={(next) => setChanged({ from, draft: next })}
        />
        {!closed && (
          <div className={attempt.checkRow}>
            <Button type="submit" disabled={answer === undefined} loading={send.isPending}>
              {t('instructions.quiz.answer')}
            </Button>
            {left !== null && <span className={attempt.auto}>{t('instructions.quiz.left', { count: left })}</span>}
          </div>
        )}
        {!edited && !printed && <QuizVerdict phase={phase} feedback={state.quiz?.feedback} />}
        {send.error !== null && <Problem error={send.error} compact />}
      </form>
    </StepFrame>
  );
}
