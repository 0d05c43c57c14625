import { ActionIcon, Alert, FileButton, Group, Text, Tooltip } from '@mantine/core';
import { IconFilePlus, IconPageBreak, IconUpload } from '@tabler/icons-react';
import { Fragment, useState, type Dispatch, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../ui/confirm.js';
import classes from '../editor.module.css';
import type { Edit, LabEditing } from '../model/lab-editing.js';
import { baseName, folderOf, sameContent, sortedPaths } from '../model/lab-files.js';
import type { LabNames } from '../model/lab-names.js';
import { nextPagePath } from '../model/new-path.js';
import { pageIn } from '../preview/page-files.js';
import { FilePathDialog } from './file-path-dialog.js';
import { FileRow } from './file-row.js';
import { useUploads } from './use-uploads.js';

interface Props {
  state: LabEditing;
  names: LabNames;
  /** How many errors each file has. */
  errors: ReadonlyMap<string, number>;
  dispatch: Dispatch<Edit>;
}
type Asked = { for: 'page' | 'file' } | { for: 'rename' | 'delete'; path: string };

/** The files of the lab; what is dropped here is added. */
export function FileTree({ state, names, errors, dispatch }: Props) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked>();
  const [over, setOver] = useState(false);
  const uploads = useUploads(state, dispatch);
  const { files, base, path: open } = state;
  const paths = sortedPaths(files);
  const changeOf = (path: string) => {
    if (!base.has(path)) return 'added' as const;
    return sameContent(base.get(path), files.get(path)) ? undefined : ('changed' as const);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void uploads.take([...event.dataTransfer.files]);
  };
  return (
    <nav className={classes.tree} aria-label={t('editor.files.label')}>
      <div
        className={classes.treeDrop}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <Group gap={4} className={classes.paneHead} wrap="nowrap">
          <Tool label={t('editor.files.addPage')} onClick={() => setAsked({ for: 'page' })}>
            <IconPageBreak size={18} />
          </Tool>
          <Tool label={t('editor.files.addFile')} onClick={() => setAsked({ for: 'file' })}>
            <IconFilePlus size={18} />
          </Tool>
          <FileButton multiple onChange={(chosen) => void uploads.take(chosen)}>
            {(props) => (
              <Tool label={t('editor.files.upload')} {...props}>
                <IconUpload size={18} />
              </Tool>
            )}
          </FileButton>
          <Text size="xs" c="dimmed" className="truncate">
            {over && t('editor.files.drop')}
          </Text>
        </Group>
        {uploads.problems.length > 0 && (
          <Alert
            role="alert"
            color="red"
            variant="light"
            m="xs"
            p="xs"
            withCloseButton
            closeButtonLabel={t('app.action.close')}
            onClose={uploads.forget}
          >
            {uploads.problems.map((problem) => (
              <Text key={problem} size="sm" c="var(--lab-bad)">
                {problem}
              </Text>
            ))}
          </Alert>
        )}
        <ul className={classes.treeList}>
          {paths.map((path, index) => (
            <Fragment key={path}>
              {folderOf(path) !== '' && folderOf(path) !== folderOf(paths[index - 1] ?? '') && (
                <li className={classes.folder}>{folderOf(path)}</li>
              )}
              <li>
                <FileRow
                  path={path}
                  open={path === open}
                  change={changeOf(path)}
                  errors={errors.get(path) ?? 0}
                  onOpen={() => dispatch({ do: 'open', path })}
                  onRename={() => setAsked({ for: 'rename', path })}
                  onDelete={() => setAsked({ for: 'delete', path })}
                />
              </li>
            </Fragment>
          ))}
        </ul>
        {asked !== undefined && (
          <Asking asked={asked} state={state} names={names} dispatch={dispatch} onClose={() => setAsked(undefined)} />
        )}
      </div>
    </nav>
  );
}

interface ToolProps {
  label: string;
  onClick: () => void;
  children: React.ReactNode;
}
const Tool = ({ label, onClick, children }: ToolProps) => (
  <Tooltip label={label}>
    <ActionIcon size="md" aria-label={label} onClick={onClick}>
      {children}
    </ActionIcon>
  </Tooltip>
);

interface AskingProps extends Pick<Props, 'state' | 'names' | 'dispatch'> {
  asked: Asked;
  onClose: () => void;
}

function Asking({ asked, state: { files, path: open }, names, dispatch, onClose }: AskingProps) {
  const { t } = useTranslation();
  const page = pageIn(open, names);
  switch (asked.for) {
    case 'page':
      return (
        <FilePathDialog
          title={t('editor.files.addPage')}
          submit={t('editor.files.create')}
          hint={t('editor.files.pathHint')}
          files={files}
          path={nextPagePath(files, names.folder, page?.language ?? names.languages[0] ?? 'en')}
          onPath={(path) => dispatch({ do: 'add', path, content: `---\ntitle: ${t('editor.files.newPage')}\n---\n\n` })}
          onClose={onClose}
        />
      );
    case 'file':
      return (
        <FilePathDialog
          title={t('editor.files.addFile')}
          submit={t('editor.files.create')}
          hint={t('editor.files.pathHint')}
          files={files}
          path="files/"
          onPath={(path) => dispatch({ do: 'add', path, content: '' })}
          onClose={onClose}
        />
      );
    case 'rename':
      return (
        <FilePathDialog
          title={t('editor.files.renameTitle', { name: baseName(asked.path) })}
          submit={t('editor.files.move')}
          hint={t('editor.files.renameHint')}
          files={files}
          path={asked.path}
          onPath={(to) => dispatch({ do: 'rename', path: asked.path, to })}
          onClose={onClose}
        />
      );
    default:
      return (
        <Confirm
          title={t('editor.files.deleteTitle', { name: baseName(asked.path) })}
          confirm={t('editor.files.delete')}
          dangerous
          onConfirm={() => Promise.resolve(dispatch({ do: 'remove', path: asked.path }))}
          onClose={onClose}
        >
          <Text>{t('editor.files.deleteText')}</Text>
        </Confirm>
      );
  }
}
