import type { PageBlock } from '@lab-orchestrator/contracts';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './attempt.module.css';
import type { QuizPhase } from '../model/quiz.js';
import { NestedBlocks } from './nested-blocks.js';

/** Right or wrong, and what the author says to it. */
export function QuizVerdict({ phase, feedback }: { phase: QuizPhase; feedback: PageBlock[] | undefined }) {
  const { t } = useTranslation();
  if (phase === 'open') return null;
  const right = phase === 'right';
  const Glyph = right ? IconCircleCheck : IconAlertTriangle;
  return (
    <div className={right ? classes.verdict : classes.report}>
      <Glyph size={18} aria-hidden />
      <div>
        <p>
          <strong>{t(`instructions.quiz.${phase}`)}</strong>
        </p>
        {feedback !== undefined && <NestedBlocks nodes={feedback} />}
      </div>
    </div>
  );
}
