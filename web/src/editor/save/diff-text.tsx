import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { languageOf } from '../code/languages.js';
import { look } from '../code/look.js';
import { phrases } from '../code/phrases.js';
import classes from '../editor.module.css';

interface Props {
  path: string;
  before: string;
  after: string;
}

/** The two states of a text in one, what is gone above what came. To read only. */
export function DiffText({ path, before, after }: Props) {
  const { t } = useTranslation();
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (host.current === null) return;
    const state = EditorState.create({
      doc: after,
      extensions: [
        EditorState.readOnly.of(true),
        lineNumbers(),
        EditorView.lineWrapping,
        unifiedMergeView({
          original: before,
          mergeControls: false,
          // In a file that is new, every word would be marked.
          highlightChanges: before !== '' && after !== '',
          collapseUnchanged: { margin: 3, minSize: 6 },
        }),
        languageOf(path),
        look(path.endsWith('.md') || path.endsWith('.yaml')),
        phrases(t),
        EditorView.contentAttributes.of({ 'aria-label': t('editor.diff.text', { path }), 'aria-readonly': 'true' }),
      ],
    });
    const view = new EditorView({ parent: host.current, state });
    // The dialog around it opens with a movement, in which nothing has its size yet.
    const moved = setTimeout(() => view.requestMeasure(), 300);
    return () => {
      clearTimeout(moved);
      view.destroy();
    };
  }, [path, before, after, t]);
  return <div ref={host} className={classes.codeHost} style={{ height: '100%' }} />;
}
