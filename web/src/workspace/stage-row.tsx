import type { SessionSystem } from '@lab-orchestrator/contracts';
import { Progress, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { stageDots } from './stages.js';
import classes from './stage-row.module.css';

/** One system on its way: four dots, percent where there is one. */
export function StageRow({ system }: { system: SessionSystem }) {
  const { t } = useTranslation();
  const percent = system.state === 'starting' ? system.percent : undefined;
  return (
    <li className={classes.stageRow}>
      <Text fw={600} className="truncate">
        {system.title}
      </Text>
      <ol className={classes.dots}>
        {stageDots(system).map(({ stage, state }) => (
          <li key={stage} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
            <span className={classes.dot}>
              {state === 'done' && <IconCheck size={12} aria-hidden />}
              {state === 'bad' && <IconAlertTriangle size={12} aria-hidden />}
            </span>
            {t(`app.stage.${stage}`)}
          </li>
        ))}
      </ol>
      <div className={classes.percent}>
        {percent !== undefined && (
          <>
            <Progress value={percent} aria-label={system.title} />
            <Text size="xs" c="dimmed" className="tabular">
              {Math.floor(percent)} %
            </Text>
          </>
        )}
      </div>
      {system.reason !== undefined && (
        <Text size="sm" className={classes.rowReason} lang="en">
          {system.reason.text} {system.reason.advice}
        </Text>
      )}
    </li>
  );
}
