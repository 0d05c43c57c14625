import { Button, FileInput, Group, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../api/keys.js';
import { upload } from '../api/upload.js';
import { Dialog } from '../ui/dialog.js';
import { notifyDone } from '../ui/notify.js';
import { Problem } from '../ui/problem.js';

interface Props {
  imageId: string;
  title: string;
  onClose: () => void;
}

/** Sends a disk with progress; closing the dialog stops it. */
export function UploadDisk({ imageId, title, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [percent, setPercent] = useState(0);
  const stop = useRef<AbortController>(undefined);
  const send = useMutation({
    mutationFn: (disk: File) => {
      const form = new FormData();
      form.set('file', disk);
      stop.current = new AbortController();
      return upload('uploadImage', {
        params: { imageId },
        form,
        onProgress: setPercent,
        signal: stop.current.signal,
      });
    },
    retry: false,
    onSuccess: () => {
      notifyDone(t('images.uploaded'));
      void client.invalidateQueries({ queryKey: keys.images() });
      onClose();
    },
  });
  const close = () => {
    stop.current?.abort();
    onClose();
  };
  const stopped = send.error instanceof DOMException;
  return (
    <Dialog title={`${t('images.upload')}: ${title}`} onClose={close} stay={send.isPending}>
      <Stack gap="md">
        <FileInput
          label={t('images.form.file')}
          accept=".qcow2,.img,.raw,.iso,.vmdk"
          value={file}
          onChange={setFile}
          disabled={send.isPending}
        />
        {send.isPending && (
          <div>
            <Text size="sm" className="tabular">
              {t('images.uploading', { percent: Math.floor(percent) })}
            </Text>
            <Progress value={percent} aria-label={t('images.upload')} />
          </div>
        )}
        {send.error !== null && !stopped && <Problem error={send.error} compact />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={close}>
            {t(send.isPending ? 'images.stop' : 'app.action.cancel')}
          </Button>
          <Button disabled={file === null} loading={send.isPending} onClick={() => file && send.mutate(file)}>
            {t('images.upload')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
