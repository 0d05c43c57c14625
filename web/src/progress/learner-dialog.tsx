import type { ProgressLine, StepProgress } from '@lab-orchestrator/contracts';
import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import { formatDuration, formatInstant, formatNumber } from '../i18n/format.js';
import { Confirm } from '../ui/confirm.js';
import { Dialog } from '../ui/dialog.js';
import { LinkButton } from '../ui/link-button.js';
import { notifyDone } from '../ui/notify.js';
import { secondsPerStep } from './class-rows.js';
import classes from './progress.module.css';
import { StepCell } from './step-cell.js';

/** All steps of one learner, and the way to open one again. */
export function LearnerDialog({ line, onClose }: { line: ProgressLine; onClose: () => void }) {
  const { t } = useTranslation();
  const { steps = [] } = line;
  const [reopening, setReopening] = useState<StepProgress>();
  const times = secondsPerStep(line.startedAt, steps);
  return (
    <Dialog title={t('classProgress.detail.title', { name: line.displayName })} size="xl" onClose={onClose}>
      <Stack gap="md">
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
        <div className={classes.detail} tabIndex={0} role="region" aria-label={t('classProgress.detail.step')}>
          <Table fz="sm" verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                {(['step', 'at', 'took', 'attempts', 'hints', 'points'] as const).map((column) => (
                  <Table.Th key={column} scope="col">
                    {t(`classProgress.detail.${column}`)}
                  </Table.Th>
                ))}
                <Table.Td />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {steps.map((step) => (
                <StepRow key={step.id} step={step} tookS={times.get(step.id)} onReopen={() => setReopening(step)} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
        <Group justify="flex-end">
          <LinkButton variant="default" to="/sessions/$sessionId" params={{ sessionId: line.sessionId }}>
            {t('classProgress.detail.toSession')}
          </LinkButton>
        </Group>
      </Stack>
      {reopening !== undefined && <ReopenDialog step={reopening} line={line} onClose={() => setReopening(undefined)} />}
    </Dialog>
  );
}

interface StepRowProps {
  step: StepProgress;
  tookS: number | undefined;
  onReopen: () => void;
}

function StepRow({ step, tookS, onReopen }: StepRowProps) {
  const { t } = useTranslation();
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        <span className={classes.done}>
          <StepCell step={step} tookS={tookS} />
          {step.title}
        </span>
      </Table.Th>
      <Table.Td>{step.doneAt === undefined ? '–' : formatInstant(step.doneAt)}</Table.Td>
      <Table.Td>{tookS === undefined ? '–' : formatDuration(tookS)}</Table.Td>
      <Table.Td className="tabular">{step.attempts}</Table.Td>
      <Table.Td className="tabular">{step.hints}</Table.Td>
      <Table.Td className="tabular">
        {formatNumber(step.points)} / {formatNumber(step.maxPoints)}
      </Table.Td>
      <Table.Td ta="right">
        {(step.done || step.attempts > 0) && (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('classProgress.detail.reopenNamed', { title: step.title })}
            onClick={onReopen}
          >
            {t('classProgress.detail.reopen')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

interface ReopenProps {
  step: StepProgress;
  line: ProgressLine;
  onClose: () => void;
}

function ReopenDialog({ step, line: { sessionId, userId, displayName }, onClose }: ReopenProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const reopen = async () => {
    await call('reopenStep', { params: { sessionId, stepId: step.id }, body: { userId } });
    notifyDone(t('classProgress.detail.reopened', { title: step.title, name: displayName }));
    void client.invalidateQueries({ queryKey: keys.progress() });
  };
  return (
    <Confirm
      title={t('classProgress.detail.reopenTitle', { title: step.title, name: displayName })}
      confirm={t('classProgress.detail.reopen')}
      onConfirm={reopen}
      onClose={onClose}
    >
      <Text>{t('classProgress.detail.reopenText')}</Text>
    </Confirm>
  );
}
