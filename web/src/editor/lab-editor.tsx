import type { Diagnostic } from '@lab-orchestrator/contracts';
import type { EditorState } from '@codemirror/state';
import { useCallback, useEffect, useEffectEvent, useMemo, useReducer, useRef, useState, type Dispatch } from 'react';
import { useTranslation } from 'react-i18next';
import { useDocumentTitle } from '../ui/page.js';
import type { EditorHandle } from './code/code-editor.js';
import { fixed } from './code/quick-fix.js';
import { suggestFor } from './code/suggest-for.js';
import { EditorBar } from './editor-bar.js';
import { EditorColumns, type EditorPart } from './editor-columns.js';
import classes from './editor.module.css';
import { FileView } from './file-view.js';
import { FindingsList } from './findings-list.js';
import { LeaveGuard } from './leave-guard.js';
import { changesBetween, hasChanges } from './model/changes.js';
import { forgetWork } from './model/kept-work.js';
import { type Edit, edited, type LabEditing } from './model/lab-editing.js';
import type { LabNames } from './model/lab-names.js';
import { useKeptWork } from './model/use-kept-work.js';
import { fileOf, pageIn, type PageName } from './preview/page-files.js';
import { PreviewPane } from './preview/preview-pane.js';
import { downloadLab } from './save/download-lab.js';
import { SaveDialog } from './save/save-dialog.js';
import type { Saved } from './save/save-lab.js';
import { saveTarget, titleIn } from './save/save-target.js';
import { FileTree } from './tree/file-tree.js';
import { useFindings } from './use-findings.js';

interface Props {
  start: LabEditing;
  /** What the lab is called where its file does not say it. */
  named?: string;
  /** Belongs to the person who edits it; another one's becomes their own when it is saved. */
  own: boolean;
  /** Under which unsaved work is kept. */
  keptAs: string;
  /** Called once the dialog that saved it is closed. */
  onSaved: (saved: Saved) => void;
}

/** A lab as its author works on it: its files, the text of one, what is wrong, and what learners will see. */
export function LabEditor({ start, named, own, keptAs, onSaved }: Props) {
  const { t } = useTranslation();
  const [state, dispatch] = useReducer(edited, start);
  const { files, base, saved, path } = state;
  const title = titleIn(files) ?? (named || t('editor.unnamed'));
  useDocumentTitle(`${t('editor.title')}: ${title}`);
  const { live, errors, images, withoutImages } = useFindings(files);
  const kept = useKeptWork(keptAs, state);
  const [part, setPart] = useState<EditorPart>('text');
  const [saving, setSaving] = useState<{ start: boolean }>();
  const findings = useMemo(
    () => live.diagnostics?.filter(({ file }) => file === path) ?? none,
    [live.diagnostics, path],
  );
  const changes = useMemo(() => changesBetween(base, files), [base, files]);
  const target = saveTarget(files, saved, own);

  const knowledge = useRef({ schema: live.schema, names: live.known, images, paths: [...files.keys()] });
  useEffect(() => {
    knowledge.current = { schema: live.schema, names: live.known, images, paths: [...files.keys()] };
  });
  const save = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    setSaving((open) => open ?? { start: false });
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => save(event);
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  /** What is opened is looked at next, also where there is room for one thing only. */
  const openAndShow: Dispatch<Edit> = (edit) => {
    dispatch(edit);
    if (edit.do === 'open' || edit.do === 'add') setPart('text');
  };
  const text = useTextTools(state, dispatch);
  const { page, onPage } = useShownPage(state, live.known, dispatch);
  const close = (result?: Saved) => {
    setSaving(undefined);
    if (result !== undefined) onSaved(result);
  };
  return (
    <div className={classes.editor}>
      <EditorBar
        title={title}
        version={saved?.version}
        changed={changes.length}
        kept={kept}
        onSave={(andStart) => setSaving({ start: andStart })}
        onDownload={() => void downloadLab(files, target.slug)}
      />
      {!own && <p className={classes.note}>{t('editor.foreign')}</p>}
      <EditorColumns
        part={part}
        onPart={setPart}
        contents={{
          files: <FileTree state={state} names={live.known} errors={errors} dispatch={openAndShow} />,
          text: (
            <div className={classes.middle}>
              <div className={classes.fileView}>
                <FileView
                  state={state}
                  findings={findings}
                  states={text.states}
                  handle={text.handle}
                  suggest={(file, all, offset) => suggestFor(file, all, offset, knowledge.current)}
                  onChange={text.write}
                />
              </div>
              <FindingsList
                live={live}
                withoutImages={withoutImages}
                onOpen={({ file, line, column }) => openAndShow({ do: 'open', path: file, line: line ?? 1, column })}
                onFix={text.fix}
              />
            </div>
          ),
          preview: (
            <PreviewPane
              instructions={live.instructions}
              stale={live.diagnostics !== undefined && live.names === undefined}
              names={live.known}
              files={files}
              page={page}
              onPage={onPage}
            />
          ),
        }}
      />
      {saving !== undefined && (
        <SaveDialog
          state={state}
          target={target}
          errors={[...errors.values()].reduce((sum, count) => sum + count, 0)}
          start={saving.start}
          onSaved={(result, sent) => {
            dispatch({ do: 'saved', as: result.version, files: sent });
            void forgetWork(keptAs);
          }}
          onClose={close}
        />
      )}
      <LeaveGuard unsaved={() => hasChanges(base, files)} kept={kept !== 'failed'} />
    </div>
  );
}

const none: Diagnostic[] = [];

/** The text of the open file, and the ways to change it from outside. */
function useTextTools({ files, path }: LabEditing, dispatch: Dispatch<Edit>) {
  const [states] = useState(() => new Map<string, EditorState>());
  const handle = useRef<EditorHandle>(null);
  const write = (file: string, content: string) => dispatch({ do: 'write', path: file, content });
  const fix = (finding: Diagnostic) => {
    if (finding.file === path) return handle.current?.fix(finding);
    const content = files.get(finding.file);
    if (typeof content === 'string') write(finding.file, fixed(content, finding));
  };
  return { states, handle, write, fix };
}

/** The page in the preview: the one that is open, else the last one that was. */
function useShownPage({ files, path }: LabEditing, names: LabNames, dispatch: Dispatch<Edit>) {
  const [last, setLast] = useState<PageName>();
  const here = pageIn(path, names);
  if (here !== undefined && (here.slug !== last?.slug || here.language !== last.language)) setLast(here);
  const onPage = useCallback(
    (wanted: PageName) => {
      const file = fileOf(files, names, wanted);
      if (file === undefined) setLast(wanted);
      else dispatch({ do: 'open', path: file });
    },
    [files, names, dispatch],
  );
  return { page: here ?? last, onPage };
}
