import type { Diagnostic } from '@lab-orchestrator/contracts';
import { setDiagnostics } from '@codemirror/lint';
import type { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useEffectEvent, useId, useImperativeHandle, useLayoutEffect, useRef, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '../editor.module.css';
import type { Jump } from '../model/lab-editing.js';
import { openFile } from './editor-setup.js';
import { marksOf } from './findings.js';
import { fixIn } from './quick-fix.js';
import type { Suggestions } from './suggestion.js';

/** What the rest of the page can do to the text. */
export interface EditorHandle {
  /** Mends a finding of the file that is open. */
  fix: (finding: Diagnostic) => void;
}
interface Props {
  path: string;
  text: string;
  /** Of this file. */
  findings: readonly Diagnostic[];
  jump: Jump | undefined;
  /** The files that were open before: where the cursor was and what can be undone. */
  states: Map<string, EditorState>;
  handle: Ref<EditorHandle>;
  suggest: (path: string, text: string, offset: number) => Suggestions | undefined;
  onChange: (path: string, text: string) => void;
}

/** A file as text. One view for all of them, each with a state of its own. */
export function CodeEditor({ path, text, findings, jump, states, handle, suggest, onChange }: Props) {
  const { t } = useTranslation();
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const way = useId();
  // States outlive a render: what they call is what is current then.
  const live = useRef({ suggest, onChange });
  useLayoutEffect(() => {
    live.current = { suggest, onChange };
  });

  useEffect(() => {
    if (host.current === null) return;
    const opened = new EditorView({ parent: host.current });
    view.current = opened;
    return () => opened.destroy();
  }, []);
  useImperativeHandle(handle, () => ({ fix: (finding) => view.current && mend(view.current, finding) }), []);

  const stateOf = useEffectEvent((file: string) => {
    const kept = states.get(file);
    if (kept !== undefined && kept.sliceDoc() === text) return kept;
    return openFile({
      path: file,
      text,
      t,
      describedBy: way,
      suggest: (all, offset) => live.current.suggest(file, all, offset),
      onChange: (changed) => live.current.onChange(file, changed),
    });
  });
  useEffect(() => {
    const { current } = view;
    if (current === undefined) return;
    current.setState(stateOf(path));
    return () => {
      states.set(path, current.state);
    };
  }, [path, states]);

  useEffect(() => {
    const { current } = view;
    if (current === undefined) return;
    const marks = marksOf(findings, current.state.doc, (instead) => t('editor.code.useInstead', { text: instead }));
    current.dispatch(setDiagnostics(current.state, marks));
  }, [findings, t]);

  useEffect(() => {
    const { current } = view;
    if (current === undefined || jump === undefined) return;
    const { doc } = current.state;
    const row = doc.line(Math.min(jump.line, doc.lines));
    const at = Math.min(row.from + jump.column - 1, row.to);
    current.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
    current.focus();
  }, [jump]);

  return (
    <div className={classes.code}>
      <div ref={host} className={classes.codeHost} />
      <p id={way} className={classes.way}>
        <span aria-hidden>{t('editor.code.wayShort')}</span>
        <span className="visually-hidden">{t('editor.code.way')}</span>
      </p>
    </div>
  );
}

function mend(view: EditorView, finding: Diagnostic) {
  const { doc } = view.state;
  const row = doc.line(Math.min(finding.line ?? 1, doc.lines));
  const fix = fixIn(row.text, finding);
  if (fix === undefined) return;
  const changes = { from: row.from + fix.from, to: row.from + fix.to, insert: fix.insert };
  view.dispatch({ changes, selection: { anchor: changes.from + fix.insert.length }, userEvent: 'input.fix' });
  view.focus();
}
