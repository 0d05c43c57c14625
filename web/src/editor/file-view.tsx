import type { Diagnostic } from '@lab-orchestrator/contracts';
import type { EditorState } from '@codemirror/state';
import { Text } from '@mantine/core';
import { IconFile } from '@tabler/icons-react';
import { useCallback, useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../i18n/format.js';
import { Empty } from '../ui/empty.js';
import { CodeEditor, type EditorHandle } from './code/code-editor.js';
import type { Suggestions } from './code/suggestion.js';
import classes from './editor.module.css';
import type { LabEditing } from './model/lab-editing.js';
import { baseName, blobOf, pictureType } from './model/lab-files.js';

interface Props {
  state: LabEditing;
  findings: readonly Diagnostic[];
  states: Map<string, EditorState>;
  handle: Ref<EditorHandle>;
  suggest: (path: string, text: string, offset: number) => Suggestions | undefined;
  onChange: (path: string, text: string) => void;
}

/** The file that is open: text to edit, a picture to see, or how large it is. */
export function FileView({ state: { files, path, jump }, ...code }: Props) {
  const { t } = useTranslation();
  const content = path === undefined ? undefined : files.get(path);
  if (path === undefined || content === undefined)
    return <Empty icon={<IconFile size={32} />} title={t('editor.files.none')} text={t('editor.files.noneText')} />;
  if (typeof content === 'string') return <CodeEditor path={path} text={content} jump={jump} {...code} />;
  return (
    <div className={classes.binary}>
      {pictureType(path) === undefined ? (
        <Text>{t('editor.files.notText')}</Text>
      ) : (
        <PictureFile key={path} path={path} bytes={content} />
      )}
      <Text size="sm" c="dimmed">
        <code>{path}</code> · {formatBytes(content.length)}
      </Text>
    </div>
  );
}

/** The address lives as long as the picture is shown. */
function PictureFile({ path, bytes }: { path: string; bytes: Uint8Array<ArrayBuffer> }) {
  const [address, setAddress] = useState('');
  const show = useCallback(
    (image: HTMLImageElement | null) => {
      if (image === null) return;
      const made = URL.createObjectURL(blobOf(path, bytes));
      setAddress(made);
      return () => URL.revokeObjectURL(made);
    },
    [path, bytes],
  );
  return <img ref={show} src={address === '' ? undefined : address} alt={baseName(path)} />;
}
