import type { ProgressLine } from '@lab-orchestrator/contracts';
import { Anchor, Progress, Text } from '@mantine/core';
import { IconCircleCheckFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatInstant, formatNumber, formatRelative } from '../i18n/format.js';
import { percentOf } from '../instructions/model/progress.js';
import { DataTable, type Column } from '../ui/data-table.js';
import { PhaseStatus } from '../ui/status.js';
import { columnsOf, secondsPerStep, type LearnerRow } from './class-rows.js';
import classes from './progress.module.css';
import { StepCell } from './step-cell.js';

interface Props {
  rows: LearnerRow[];
  stale: boolean;
  sort: string;
  onSort: (sort: string) => void;
  onOpen: (row: LearnerRow) => void;
}

/** Learners by steps. */
export function ClassTable({ rows, stale, sort, onSort, onOpen }: Props) {
  const { t } = useTranslation();
  const times = new Map(rows.map(({ line, steps }) => [line, steps && secondsPerStep(line.startedAt, steps)]));
  const steps = columnsOf(rows).map(({ id, title }, index): Column<LearnerRow> => ({
    key: id,
    title: (
      <span title={title}>
        <span aria-hidden>{index + 1}</span>
        <span className="visually-hidden">{t('classProgress.step', { number: index + 1, title })}</span>
      </span>
    ),
    oneLine: true,
    cell: ({ line, steps: done }) => (
      <StepCell step={done?.find((step) => step.id === id)} tookS={times.get(line)?.get(id)} />
    ),
  }));
  return (
    <>
      <DataTable
        label={t('classProgress.open')}
        rows={rows}
        rowKey={({ line }) => `${line.sessionId} ${line.userId}`}
        stale={stale}
        sort={sort}
        onSort={onSort}
        columns={[
          {
            key: 'name',
            title: t('classProgress.learner'),
            sort: 'name',
            oneLine: true,
            cell: (row) => (
              <Anchor
                component="button"
                type="button"
                aria-label={t('classProgress.detail.open', { name: row.line.displayName })}
                onClick={() => onOpen(row)}
              >
                {row.line.displayName}
              </Anchor>
            ),
          },
          {
            key: 'session',
            title: t('classProgress.session'),
            oneLine: true,
            cell: ({ line }) => <PhaseStatus phase={line.phase} />,
          },
          {
            key: 'done',
            title: t('classProgress.done'),
            sort: 'done',
            oneLine: true,
            cell: ({ line }) => <Done line={line} />,
          },
          {
            key: 'points',
            title: t('classProgress.points'),
            sort: 'points',
            align: 'right',
            oneLine: true,
            cell: ({ line: { totals } }) => (
              <span className="tabular">
                {formatNumber(totals.points)} / {formatNumber(totals.maxPoints)}
              </span>
            ),
          },
          ...steps,
          {
            key: 'current',
            title: t('classProgress.now'),
            oneLine: true,
            cell: ({ line }) => line.current?.title ?? t('classProgress.finished'),
          },
          {
            key: 'started',
            title: t('classProgress.since'),
            sort: 'started',
            oneLine: true,
            cell: ({ line }) => formatInstant(line.startedAt),
          },
          {
            key: 'last',
            title: t('classProgress.last'),
            sort: 'last',
            oneLine: true,
            cell: ({ line }) => (line.lastAt === undefined ? '–' : formatRelative(line.lastAt)),
          },
        ]}
      />
      <Text size="sm" c="dimmed" mt="sm">
        {t('classProgress.legend')}
      </Text>
    </>
  );
}

function Done({ line: { totals } }: { line: ProgressLine }) {
  const finished = totals.steps > 0 && totals.done === totals.steps;
  return (
    <span className={classes.done}>
      <Progress value={percentOf(totals)} size={6} w={64} aria-hidden />
      <span className="tabular">
        {totals.done} / {totals.steps}
      </span>
      {finished && <IconCircleCheckFilled size={16} aria-hidden className={classes.finished} />}
    </span>
  );
}
