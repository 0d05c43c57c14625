import type { Image } from '@lab-orchestrator/contracts';
import { Menu, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconRefresh, IconTrash, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import { Confirm } from '../ui/confirm.js';
import { notifyError } from '../ui/notify.js';
import { RowMenu } from '../ui/row-menu.js';
import { UploadDisk } from './upload-disk.js';

export function ImageMenu({ image }: { image: Image }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [open, setOpen] = useState<'upload' | 'delete'>();
  const imageId = image.id;
  const refresh = () => client.invalidateQueries({ queryKey: keys.images() });
  const retry = useMutation({
    mutationFn: () => call('retryImage', { params: { imageId } }),
    onSuccess: refresh,
    onError: notifyError,
  });
  if (image.source.kind === 'builtin') return null;
  const { name } = image;
  return (
    <>
      <RowMenu name={name}>
        {image.source.kind === 'upload' && (
          <Menu.Item leftSection={<IconUpload size={16} />} onClick={() => setOpen('upload')}>
            {t('images.upload')}
          </Menu.Item>
        )}
        {image.source.kind !== 'upload' && image.state !== 'importing' && (
          <Menu.Item leftSection={<IconRefresh size={16} />} onClick={() => retry.mutate()}>
            {t('images.retry')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item color="var(--lab-bad)" leftSection={<IconTrash size={16} />} onClick={() => setOpen('delete')}>
          {t('app.action.delete')}
        </Menu.Item>
      </RowMenu>
      {open === 'upload' && <UploadDisk imageId={imageId} title={image.title} onClose={() => setOpen(undefined)} />}
      {open === 'delete' && (
        <Confirm
          title={t('images.deleteTitle', { name })}
          confirm={t('app.action.delete')}
          dangerous
          onConfirm={() => call('deleteImage', { params: { imageId } }).then(refresh)}
          onClose={() => setOpen(undefined)}
        >
          {image.usedByLabs > 0 && <Text fw={600}>{t('images.deleteUsed', { count: image.usedByLabs })}</Text>}
          <Text>{t('images.deleteText')}</Text>
        </Confirm>
      )}
    </>
  );
}
