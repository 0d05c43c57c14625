import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { lintGutter, lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import type { TFunction } from 'i18next';
import { completionSource } from './completion-source.js';
import { languageOf } from './languages.js';
import { look } from './look.js';
import { phrases } from './phrases.js';
import type { Suggestions } from './suggestion.js';

interface Setup {
  path: string;
  text: string;
  t: TFunction;
  /** The element that says how to leave the text by keyboard. */
  describedBy: string;
  suggest: (text: string, offset: number) => Suggestions | undefined;
  onChange: (text: string) => void;
}

/** The state in which a file is opened. Its line ends stay as they are. */
export function openFile({ path, text, t, describedBy, suggest, onChange }: Setup): EditorState {
  const extensions: Extension[] = [
    text.includes('\r\n') ? EditorState.lineSeparator.of('\r\n') : [],
    lineNumbers(),
    lintGutter(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    history(),
    bracketMatching(),
    closeBrackets(),
    indentOnInput(),
    indentUnit.of('  '),
    EditorState.tabSize.of(2),
    EditorView.lineWrapping,
    autocompletion({ override: [completionSource(suggest)], icons: false }),
    search({ top: true }),
    languageOf(path),
    look(path.endsWith('.md') || path.endsWith('.yaml')),
    phrases(t),
    EditorView.contentAttributes.of({
      'aria-label': t('editor.code.label', { path }),
      'aria-describedby': describedBy,
      spellcheck: path.endsWith('.md') ? 'true' : 'false',
    }),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...lintKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
    EditorView.updateListener.of(({ docChanged, state }) => {
      if (docChanged) onChange(state.sliceDoc());
    }),
  ];
  return EditorState.create({ doc: text, extensions });
}
