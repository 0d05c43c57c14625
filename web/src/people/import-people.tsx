import { Button, FileButton, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconFileText } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import { Dialog } from '../ui/dialog.js';
import { Problem } from '../ui/problem.js';
import { ImportDone, ImportPreview } from './import-result.js';

/** A whole class at once: paste or choose a file, look at what would change, then do it. */
export function ImportPeople({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [csv, setCsv] = useState('');
  const preview = useMutation({ mutationFn: () => call('importUsers', { body: { csv, dryRun: true } }) });
  const run = useMutation({
    mutationFn: () => call('importUsers', { body: { csv, dryRun: false } }),
    retry: false,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.users() }),
  });
  const step = run.isSuccess ? 'done' : preview.isSuccess ? 'preview' : 'input';
  return (
    <Dialog title={t('people.csv.title')} onClose={onClose} size="lg" stay={step === 'done'}>
      {step === 'input' && (
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {t('people.csv.lead')}
          </Text>
          {preview.error !== null && <Problem error={preview.error} compact />}
          <FileButton accept=".csv,text/csv,text/plain" onChange={(file) => void file?.text().then(setCsv)}>
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconFileText size={16} />}>
                {t('people.csv.file')}
              </Button>
            )}
          </FileButton>
          <Textarea
            label={t('people.csv.text')}
            value={csv}
            onChange={({ currentTarget: { value } }) => setCsv(value)}
            autosize
            minRows={6}
            maxRows={14}
            spellCheck={false}
            placeholder={'username,displayName,email,role\njdoe,Jo Doe,,learner'}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.875rem' } }}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('app.action.cancel')}
            </Button>
            <Button disabled={csv.trim() === ''} loading={preview.isPending} onClick={() => preview.mutate()}>
              {t('people.csv.preview')}
            </Button>
          </Group>
        </Stack>
      )}
      {step === 'preview' && preview.data && (
        <ImportPreview
          result={preview.data}
          busy={run.isPending}
          error={run.error}
          onBack={preview.reset}
          onRun={() => run.mutate()}
        />
      )}
      {step === 'done' && run.data && <ImportDone result={run.data} onClose={onClose} />}
    </Dialog>
  );
}
