import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconDownload, IconEqual, IconUserPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ReplyTo } from '../api/routes.js';
import { CopyIcon } from '../ui/copy-text.js';
import { Problem } from '../ui/problem.js';

type Result = ReplyTo<'importUsers'>;
interface PreviewProps {
  result: Result;
  busy: boolean;
  error: Error | null;
  onBack: () => void;
  onRun: () => void;
}

/** What the import would change, before it changes anything. */
export function ImportPreview({ result, busy, error, onBack, onRun }: PreviewProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <Counts result={result} />
      {result.errors.length > 0 && (
        <Table fz="sm" striped>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('people.csv.line')}</Table.Th>
              <Table.Th scope="col">{t('people.csv.field')}</Table.Th>
              <Table.Th scope="col">{t('people.csv.message')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {result.errors.map(({ line, field, message }) => (
              <Table.Tr key={`${line} ${field} ${message}`}>
                <Table.Td className="tabular">{line}</Table.Td>
                <Table.Td>{field}</Table.Td>
                <Table.Td>{message}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {error !== null && <Problem error={error} compact />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onBack}>
          {t('people.csv.back')}
        </Button>
        <Button disabled={result.created === 0 || result.errors.length > 0} loading={busy} onClick={onRun}>
          {t('people.csv.submit')}
        </Button>
      </Group>
    </Stack>
  );
}

function Counts({ result: { created, unchanged, errors } }: { result: Result }) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs" role="status">
      <Group gap="sm">
        <IconUserPlus size={18} aria-hidden />
        <Text fw={600}>{t('people.csv.wouldCreate', { count: created })}</Text>
      </Group>
      {unchanged > 0 && (
        <Group gap="sm">
          <IconEqual size={18} aria-hidden />
          <Text>{t('people.csv.unchanged', { count: unchanged })}</Text>
        </Group>
      )}
      {errors.length > 0 && (
        <Group gap="sm" c="var(--lab-bad)">
          <IconAlertTriangle size={18} aria-hidden />
          <Text fw={600}>{t('people.csv.errors', { count: errors.length })}</Text>
        </Group>
      )}
    </Stack>
  );
}

/** The links of everybody who was added; shown this once. */
export function ImportDone({ result, onClose }: { result: Result; onClose: () => void }) {
  const { t } = useTranslation();
  const text = result.invitations.map(({ username, url }) => `${username},${url}`).join('\n');
  const download = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([`username,link\n${text}\n`], { type: 'text/csv' }));
    link.download = 'invitations.csv';
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <Stack gap="md">
      <Text role="status" fw={600}>
        {t('people.csv.done', { count: result.created })}
      </Text>
      {result.invitations.length > 0 && (
        <>
          <Group justify="space-between">
            <Text>{t('people.csv.invitations')}</Text>
            <Group gap="sm">
              <CopyIcon text={text} label={t('people.csv.copyAll')} />
              <Button variant="default" leftSection={<IconDownload size={16} />} onClick={download}>
                {t('people.csv.download')}
              </Button>
            </Group>
          </Group>
          <Text component="pre" ff="monospace" size="xs" mah={280} style={{ overflow: 'auto', margin: 0 }} tabIndex={0}>
            {text}
          </Text>
        </>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('people.invitation.done')}</Button>
      </Group>
    </Stack>
  );
}
