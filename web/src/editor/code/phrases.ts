import { EditorState } from '@codemirror/state';
import type { TFunction } from 'i18next';

/** What the code editor says by itself, in the language of the page. */
export const phrases = (t: TFunction) =>
  EditorState.phrases.of({
    'Go to line': t('editor.code.goTo'),
    go: t('editor.code.go'),
    Find: t('editor.code.find'),
    Replace: t('editor.code.replace'),
    replace: t('editor.code.replaceOne'),
    'replace all': t('editor.code.replaceAll'),
    next: t('editor.code.next'),
    previous: t('editor.code.previous'),
    all: t('editor.code.all'),
    'match case': t('editor.code.matchCase'),
    'by word': t('editor.code.byWord'),
    regexp: t('editor.code.regexp'),
    close: t('editor.code.close'),
    Completions: t('editor.code.completions'),
    Diagnostics: t('editor.parts.problems'),
    'No diagnostics': t('editor.problems.none'),
    '$ unchanged lines': t('editor.code.unchanged'),
  });
