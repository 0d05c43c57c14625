import { Anchor, Loader } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { notifyError } from '../../ui/notify.js';
import { saveFile } from '../../ui/save-file.js';
import { useInstructions } from '../instructions-context.js';
import classes from './links.module.css';
import { useFileSource } from './lab-file.js';

/** Offers a file of the lab folder; it is saved, never opened here. */
export function DownloadLink({ file, children }: { file: string; children: ReactNode }) {
  const { printed } = useInstructions();
  const source = useFileSource();
  const name = file.slice(file.lastIndexOf('/') + 1);
  const save = useMutation({
    mutationFn: () => source.fetch(file),
    onSuccess: (blob) => saveFile(blob, name),
    onError: notifyError,
  });
  if (printed) return <strong>{children}</strong>;
  return (
    <Anchor
      component="button"
      type="button"
      className={classes.inlineButton}
      title={name}
      aria-busy={save.isPending}
      onClick={() => save.mutate()}
    >
      {save.isPending ? (
        <Loader size={12} className={classes.linkIcon} />
      ) : (
        <IconDownload size={14} aria-hidden className={classes.linkIcon} />
      )}
      {children}
    </Anchor>
  );
}
