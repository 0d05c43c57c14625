import type { ProgressLine } from '@lab-orchestrator/contracts';
import { Anchor, Progress, Text } from '@mantine/core';
import { IconCircleCheckFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatInstant, formatNumber, formatRelative } from '../i18n/format.js';
import { percentOf } from '../instructions/model/progress.js';
import { DataTable, type Column } from '../ui/data-table.js';
import { PhaseStatus } from '../ui/status.js';
import { columnsOf, secondsPerStep } from './class-rows.js';
import classes from './progress.module.css';
import { StepCell } from './step-cell.js';

interface Props {
  rows: ProgressLine[];
  stale: boolean;
  sort: string;
  onSort: (sort: string) => void;
  onOpen: (line: ProgressLine) => void;
}

/** Learners by steps. */
export function ClassTable({ rows, stale, sort, onSort, onOpen }: Props) {
  const { t } = useTranslation();
  const times = new Map(rows.map((line) => [line, line.steps && secondsPerStep(line.startedAt, line.steps)]));
  const steps = columnsOf(rows).map(({ id, title }, index): Column<ProgressLine> => ({
    key: id,
    title: (
      <span title={title}>
        <span aria-hidden>{index + 1}</span>
        <span className="visually-hidden">{t('classProgress.step', { number: index + 1, title })}</span>
      </span>
    ),
    oneLine: true,
    cell: (line) => <StepCell step={line.steps?.find((step) => step.id === id)} tookS={times.get(line)?.get(id)} />,
  }));
  return (
    <>
      <DataTable
        label={t('classProgress.open')}
        rows={rows}
        rowKey={({ sessionId, userId }) => `${sessionId} ${userId}`}
        stale={stale}
        sort={sort}
        onSort={onSort}
        columns={[
          {
            key: 'name',
            title: t('classProgress.learner'),
            sort: 'name',
            oneLine: true,
            cell: (line) => (
              <Anchor
                component="button"
                type="button"
                aria-label={t('classProgress.detail.open', { name: line.displayName })}
                onClick={() => onOpen(line)}
              >
                {line.displayName}
              </Anchor>
            ),
          },
          {
            key: 'session',
            title: t('classProgress.session'),
            oneLine: true,
            cell: ({ phase }) => <PhaseStatus phase={phase} />,
          },
          {
            key: 'done',
            title: t('classProgress.done'),
            sort: 'done',
            oneLine: true,
            cell: ({ totals }) => <Done totals={totals} />,
          },
          {
            key: 'points',
            title: t('classProgress.points'),
            sort: 'points',
            align: 'right',
            oneLine: true,
            cell: ({ totals }) => (
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
            cell: ({ current }) => current?.title ?? t('classProgress.finished'),
          },
          {
            key: 'started',
            title: t('classProgress.since'),
            sort: 'started',
            oneLine: true,
            cell: ({ startedAt }) => formatInstant(startedAt),
          },
          {
            key: 'last',
            title: t('classProgress.last'),
            sort: 'last',
            oneLine: true,
            cell: ({ lastAt }) => (lastAt === undefined ? '–' : formatRelative(lastAt)),
          },
        ]}
      />
      <Text size="sm" c="dimmed" mt="sm">
        {t('classProgress.legend')}
      </Text>
    </>
  );
}

function Done({ totals }: Pick<ProgressLine, 'totals'>) {
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
