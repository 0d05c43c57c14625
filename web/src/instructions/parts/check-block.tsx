import type { CheckState, PageBlock } from '@lab-orchestrator/contracts';
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconClockHour4, IconRefresh, IconStethoscope } from '@tabler/icons-react';
import { useContext, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../ui/problem.js';
import { StepContext, useInstructions } from '../instructions-context.js';
import attempt from './attempt.module.css';
import classes from './check-block.module.css';
import { keepFocus } from './focus-on.js';
import { useAutoCheck } from './use-auto-check.js';
import { useCheck } from './use-check.js';

/** Lets the server look inside a system, and says what it found. */
export function CheckBlock({ check }: { check: Extract<PageBlock, { type: 'check' }> }) {
  const { t } = useTranslation();
  const { canAct, session, printed } = useInstructions();
  const view = useContext(StepContext);
  const frame = useRef<HTMLDivElement>(null);
  const { run, look, output } = useCheck(view?.definition.id ?? '', check.id);
  const found: CheckState | undefined = view?.state.checks.find(({ id }) => id === check.id);
  const passed = found?.passed === true || view?.state.done === true;
  const over = session.phase === 'ended' || session.phase === 'ending';
  const working = canAct && session.phase === 'ready' && !printed;
  useAutoCheck(frame, working && !passed ? check.autoS : undefined, look);
  if (view === undefined) return null;
  return (
    <div className={classes.check} ref={frame}>
      <div className={attempt.checkRow}>
        {passed ? (
          <span className={classes.passed}>
            <IconCircleCheck size={18} aria-hidden /> {t('instructions.check.passed')}
          </span>
        ) : over || printed ? null : (
          <Button
            size="sm"
            leftSection={<IconStethoscope size={16} />}
            loading={run.isPending}
            disabled={!working}
            aria-label={`${check.label ?? t('instructions.check.run')}: ${view.definition.title}`}
            onClick={() => run.mutate(undefined, { onSettled: () => keepFocus(frame.current) })}
          >
            {check.label ?? t('instructions.check.run')}
          </Button>
        )}
        {check.autoS !== undefined && working && !passed && (
          <span className={attempt.auto}>
            <IconRefresh size={14} aria-hidden />
            {t('instructions.check.auto', { seconds: check.autoS })}
          </span>
        )}
        {run.isPending && <span className={attempt.auto}>{t('instructions.check.running')}</span>}
      </div>
      {!passed && !over && !printed && session.phase !== 'ready' && canAct && (
        <p className={classes.later}>{t('instructions.check.later')}</p>
      )}
      {!run.isPending && !passed && !printed && (
        <Report
          check={check}
          found={found}
          output={output}
          quiet={check.autoS !== undefined && run.data === undefined}
        />
      )}
      {run.error !== null && <Problem error={run.error} compact />}
    </div>
  );
}

interface ReportProps {
  /** Found by itself: no news for somebody who has not begun. */
  quiet: boolean;
  check: Extract<PageBlock, { type: 'check' }>;
  found: CheckState | undefined;
  output: string | undefined;
}

function Report({ check, found, output, quiet }: ReportProps) {
  const { t } = useTranslation();
  if (found?.outcome === undefined || found.outcome === 'passed') return null;
  const { outcome } = found;
  const message = found.message ?? (outcome === 'failed' ? check.message : undefined);
  return (
    <div className={attempt.report} data-quiet={quiet}>
      {quiet ? <IconClockHour4 size={16} aria-hidden /> : <IconAlertTriangle size={18} aria-hidden />}
      <div>
        <p>{message ?? t(`instructions.check.outcome.${outcome}`)}</p>
        {message !== undefined && outcome !== 'failed' && <p>{t(`instructions.check.outcome.${outcome}`)}</p>}
        {output !== undefined && (
          <details>
            <summary>{t('instructions.check.output')}</summary>
            <pre>{output}</pre>
          </details>
        )}
      </div>
    </div>
  );
}
