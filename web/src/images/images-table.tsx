import type { Image } from '@lab-orchestrator/contracts';
import { Progress, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconLoader2, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatInstant } from '../i18n/format.js';
import { DataTable } from '../ui/data-table.js';
import { Status, type Tone } from '../ui/status.js';
import { ImageMenu } from './image-menu.js';

const looks: Record<Image['state'], { tone: Tone; icon: Icon }> = {
  absent: { tone: 'quiet', icon: IconCircleDashed },
  importing: { tone: 'busy', icon: IconLoader2 },
  ready: { tone: 'ready', icon: IconCircleCheck },
  failed: { tone: 'bad', icon: IconAlertTriangle },
};

export function ImagesTable({ images, stale }: { images: Image[] | undefined; stale: boolean }) {
  const { t } = useTranslation();
  return (
    <DataTable
      label={t('images.title')}
      rows={images}
      rowKey={({ id }) => id}
      stale={stale}
      columns={[
        {
          key: 'name',
          title: t('images.columns.name'),
          cell: ({ name, title, source }) => (
            <>
              <Text fw={600} size="sm">
                {title}
              </Text>
              <Text size="xs" c="dimmed">
                <code>{name}</code>
                {'reference' in source && ` · ${source.reference}`}
                {'url' in source && ` · ${source.url}`}
              </Text>
            </>
          ),
        },
        { key: 'kind', title: t('images.columns.kind'), cell: ({ kind }) => t(`images.kind.${kind}`) },
        { key: 'state', title: t('images.columns.state'), cell: (image) => <ImageState image={image} /> },
        {
          key: 'size',
          title: t('images.columns.size'),
          align: 'right',
          oneLine: true,
          cell: ({ sizeBytes }) => (sizeBytes === undefined ? '' : formatBytes(sizeBytes)),
        },
        {
          key: 'used',
          title: t('images.columns.used'),
          cell: ({ usedByLabs }) => (usedByLabs === 0 ? '' : t('images.usedBy', { count: usedByLabs })),
        },
        {
          key: 'changed',
          title: t('images.columns.changed'),
          oneLine: true,
          cell: ({ updatedAt }) => formatInstant(updatedAt),
        },
        {
          key: 'menu',
          title: <span className="visually-hidden">{t('app.action.more')}</span>,
          align: 'right',
          cell: (image) => <ImageMenu image={image} />,
        },
      ]}
    />
  );
}

function ImageState({ image: { state, percent, reason, name } }: { image: Image }) {
  const { t } = useTranslation();
  return (
    <Stack gap={4} miw={160}>
      <Status {...looks[state]} word={t(`images.state.${state}`)} />
      {state === 'importing' && percent !== undefined && <Progress value={percent} aria-label={name} />}
      {reason !== undefined && (
        <Text size="xs" maw={360}>
          {reason.text} {reason.advice}
        </Text>
      )}
    </Stack>
  );
}
