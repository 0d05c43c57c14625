import { syntaxHighlighting } from '@codemirror/language';
import {
  Decoration,
  EditorView,
  MatchDecorator,
  ViewPlugin,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';

const mono = 'var(--mantine-font-family-monospace)';
const line = '1px solid var(--lab-line)';

/** Colours come from the platform's own properties, so that they follow light, dark and high contrast. */
const theme = EditorView.theme({
  '&': {
    height: '100%',
    fontSize: '0.875rem',
    backgroundColor: 'var(--lab-surface)',
    color: 'var(--mantine-color-text)',
  },
  '&.cm-focused': { outline: '2px solid var(--mantine-primary-color-filled)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: mono, lineHeight: '1.6' },
  '.cm-content': { caretColor: 'var(--mantine-color-text)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
  '.cm-gutters': { backgroundColor: 'var(--lab-canvas)', color: 'var(--lab-quiet)', borderRight: line },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--mantine-primary-color-light)', color: 'var(--mantine-color-text)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'transparent',
    outline: '1px solid var(--lab-quiet)',
  },
  '.cm-panels': { backgroundColor: 'var(--lab-canvas)', color: 'var(--mantine-color-text)' },
  '.cm-panels.cm-panels-top': { borderBottom: line },
  '.cm-textfield, .cm-button': {
    border: '1px solid var(--lab-quiet)',
    borderRadius: '4px',
    background: 'var(--lab-surface)',
    color: 'inherit',
  },
  '.cm-tooltip': {
    border: line,
    backgroundColor: 'var(--lab-surface)',
    color: 'inherit',
    boxShadow: '0 4px 16px rgb(0 0 0 / 20%)',
  },
  '.cm-tooltip-autocomplete > ul': { fontFamily: mono },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--mantine-primary-color-filled)',
    color: 'var(--mantine-primary-color-contrast)',
  },
  '.cm-completionDetail': { marginLeft: '12px', fontStyle: 'normal', opacity: '0.85' },
  '.cm-diagnostic': { padding: '6px 10px', fontFamily: 'var(--mantine-font-family)' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--lab-bad)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--lab-warn)' },
  '.cm-diagnosticAction': {
    marginLeft: '0',
    marginTop: '6px',
    display: 'block',
    padding: '3px 8px',
    backgroundColor: 'var(--mantine-primary-color-filled)',
    color: 'var(--mantine-primary-color-contrast)',
    fontSize: '0.8125rem',
  },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--lab-bad)' },
  '.cm-lintRange-warning': { backgroundImage: 'none', textDecoration: 'underline wavy var(--lab-warn)' },
  '.cm-searchMatch': { backgroundColor: 'var(--lab-warn-surface)', outline: '1px solid var(--lab-warn)' },
  '.cm-searchMatch-selected': { outlineWidth: '2px' },
  '.cm-changedLine, .cm-inlineChangedLine': {
    backgroundColor: 'color-mix(in srgb, var(--lab-ready) 12%, transparent)',
  },
  '.cm-deletedChunk': { backgroundColor: 'color-mix(in srgb, var(--lab-bad) 12%, transparent)' },
  '.cm-changedText': { background: 'none', textDecoration: 'underline 2px var(--lab-ready)' },
  '.cm-deletedText, .cm-deletedChunk .cm-deletedText': {
    background: 'none',
    textDecoration: 'underline 2px var(--lab-bad)',
  },
  '.cm-collapsedLines': { background: 'var(--lab-canvas)', color: 'var(--lab-quiet)' },
  '.tok-comment, .tok-meta, .tok-punctuation': { color: 'var(--lab-quiet)' },
  '.tok-keyword, .tok-propertyName, .tok-definition, .tok-link, .tok-url': { color: 'var(--lab-busy)' },
  '.tok-string': { color: 'var(--lab-ready)' },
  '.tok-number, .tok-bool, .tok-atom, .tok-literal': { color: 'var(--lab-warn)' },
  '.tok-heading': { color: 'var(--mantine-color-anchor)', fontWeight: '650' },
  '.tok-emphasis': { fontStyle: 'italic' },
  '.tok-strong': { fontWeight: '700' },
  '.tok-directive': { color: 'var(--mantine-color-anchor)', fontWeight: '600' },
  '.tok-placeholder': { color: 'var(--lab-warn)' },
});

/** What Markdown and YAML know nothing of: directives and variables. */
const ours = new MatchDecorator({
  regexp: /(?<directive>(?<![\w:]):{1,8}[a-z]+(?=[[{\s]|$)|^:{3,8}$)|\{\{\s*[\w.]+\s*\}\}/g,
  decoration: ({ groups }) =>
    Decoration.mark({ class: groups?.['directive'] === undefined ? 'tok-placeholder' : 'tok-directive' }),
});
const marks = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = ours.createDeco(view);
    }
    update(update: ViewUpdate) {
      this.decorations = ours.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** How code looks here; `directives` where the text may have some. */
export const look = (directives: boolean) => [theme, syntaxHighlighting(classHighlighter), directives ? marks : []];
