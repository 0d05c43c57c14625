import type { CheckState, PageBlock } from '@lab-orchestrator/contracts';
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconRefresh, IconStethoscope } from '@tabler/icons-react';
import { useContext, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../ui/problem.js';
import { StepContext, useInstructions } from '../instructions-context.js';
import classes from '../instructions.module.css';
import { useAutoCheck } from './use-auto-check.js';
import { useCheck } from './use-check.js';

/** Lets the server look inside a system, and says what it found. */
export function CheckBlock({ check }: { check: Extract<PageBlock, { type: 'check' }> }) {
  const { t } = useTranslation();
  const { canAct, session, printed } = useInstructions();
  const view = useContext(StepContext);
  const frame = useRef<HTMLDivElement>(null);
  const { run, result } = useCheck(view?.definition.id ?? '', check.id);
  const found: CheckState | undefined = view?.state.checks.find(({ id }) => id === check.id);
  const passed = found?.passed === true || view?.state.done === true;
  const working = canAct && session.phase === 'ready' && !printed;
  useAutoCheck(frame, working && !passed ? check.autoS : undefined, () => run.mutateAsync(true).catch(() => undefined));
  if (view === undefined) return null;
  // A check that runs by itself does not move the button of the person who reads.
  const asked = run.isPending && run.variables !== true;
  const reported = passed ? undefined : (result ?? found);
  return (
    <div className={classes.check} ref={frame}>
      <div className={classes.checkRow}>
        {passed ? (
          <span className={classes.passed}>
            <IconCircleCheck size={18} aria-hidden /> {t('instructions.check.passed')}
          </span>
        ) : (
          <Button
            size="sm"
            leftSection={<IconStethoscope size={16} />}
            loading={asked}
            disabled={!working}
            aria-label={`${check.label ?? t('instructions.check.run')}: ${view.definition.title}`}
            onClick={() => run.mutate(false)}
          >
            {check.label ?? t('instructions.check.run')}
          </Button>
        )}
        {check.autoS !== undefined && !passed && (
          <span className={classes.auto}>
            <IconRefresh size={14} aria-hidden />
            {t('instructions.check.auto', { seconds: check.autoS })}
          </span>
        )}
        {asked && <span className={classes.auto}>{t('instructions.check.running')}</span>}
      </div>
      {!passed && session.phase !== 'ready' && canAct && (
        <p className={classes.commandTarget}>{t('instructions.check.later')}</p>
      )}
      {!asked && <Report check={check} found={reported} />}
      {run.error !== null && run.variables !== true && <Problem error={run.error} compact />}
    </div>
  );
}

interface ReportProps {
  check: Extract<PageBlock, { type: 'check' }>;
  found: (CheckState & { output?: string | undefined }) | undefined;
}

function Report({ check, found }: ReportProps) {
  const { t } = useTranslation();
  if (found?.outcome === undefined || found.outcome === 'passed') return null;
  const { outcome } = found;
  const message = found.message ?? (outcome === 'failed' ? check.message : undefined);
  return (
    <div className={classes.report}>
      <IconAlertTriangle size={18} aria-hidden />
      <div>
        <p>{message ?? t(`instructions.check.outcome.${outcome}`)}</p>
        {message !== undefined && outcome !== 'failed' && <p>{t(`instructions.check.outcome.${outcome}`)}</p>}
        {found.output !== undefined && (
          <details>
            <summary>{t('instructions.check.output')}</summary>
            <pre>{found.output}</pre>
          </details>
        )}
      </div>
    </div>
  );
}
