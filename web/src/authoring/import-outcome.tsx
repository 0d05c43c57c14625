import { Group, Progress as Bar, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.js';
import { LinkButton } from '../ui/link-button.js';
import { Problem } from '../ui/problem.js';
import { Diagnostics } from './diagnostics.js';
import { diagnosticsOf } from './diagnostics-of.js';
import type { Outcome, Progress } from './import-source.js';

interface Props {
  progress: Progress | undefined;
  error: Error | null;
  outcome: Outcome | undefined;
  onClose: () => void;
}

export function ImportOutcome({ progress, error, outcome, onClose }: Props) {
  const { t } = useTranslation();
  const refused = diagnosticsOf(error);
  return (
    <Stack gap="md" mt="md" aria-live="polite">
      {progress !== undefined && (
        <div>
          <Text size="sm" mb="xs">
            {t(`authoring.import.${progress.step}`)}
          </Text>
          <Bar
            value={progress.step === 'sending' ? progress.percent : 100}
            animated={progress.step !== 'sending'}
            aria-label={t(`authoring.import.${progress.step}`)}
          />
        </div>
      )}
      {progress === undefined && refused.length > 0 && (
        <>
          <Diagnostics items={refused} />
          {error instanceof ApiError && error.requestId !== undefined && (
            <Text size="xs" c="dimmed" ff="monospace">
              {t('app.error.requestId')} {error.requestId}
            </Text>
          )}
        </>
      )}
      {progress === undefined && error !== null && refused.length === 0 && <Problem error={error} compact />}
      {progress === undefined && outcome !== undefined && <Success outcome={outcome} onClose={onClose} />}
    </Stack>
  );
}

function Success({ outcome, onClose }: { outcome: Outcome; onClose: () => void }) {
  const { t } = useTranslation();
  if (outcome.done === 'checked') {
    const { valid, diagnostics } = outcome.result;
    return (
      <>
        {valid && <Done text={t('authoring.import.valid')} />}
        <Diagnostics items={diagnostics} />
      </>
    );
  }
  const { lab, version, created, warnings } = outcome.result;
  return (
    <>
      <Group justify="space-between">
        <Done text={t(created ? 'authoring.import.created' : 'authoring.import.unchanged', { version })} />
        <LinkButton to="/labs/$labId" params={{ labId: lab.id }} onClick={onClose}>
          {t('authoring.openInCatalog')}
        </LinkButton>
      </Group>
      <Diagnostics items={warnings} />
    </>
  );
}

const Done = ({ text }: { text: string }) => (
  <Group gap="sm" c="var(--lab-ready)">
    <IconCircleCheck size={20} aria-hidden />
    <Text fw={600}>{text}</Text>
  </Group>
);
