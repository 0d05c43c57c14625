import { FitAddon } from '@xterm/addon-fit';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { safePaste } from './terminal-stream.js';

interface Options {
  host: HTMLElement;
  label: string;
  fontSize: number;
  screenReader: boolean;
  onFind: () => void;
  onLeave: () => void;
}
export type TerminalView = ReturnType<typeof createTerminalView>;

const colours = {
  background: '#101417',
  foreground: '#e6eaec',
  cursor: '#8ee3d6',
  cursorAccent: '#101417',
  selectionBackground: '#3b5c63',
  black: '#2b3236',
  red: '#ff7b76',
  green: '#7fd89a',
  yellow: '#f0c674',
  blue: '#86b5f5',
  magenta: '#d7a3f0',
  cyan: '#6fd2c7',
  white: '#d7dde0',
  brightBlack: '#8b969d',
  brightRed: '#ff9d99',
  brightGreen: '#a3e6b7',
  brightYellow: '#f7d998',
  brightBlue: '#aecdfa',
  brightMagenta: '#e6c4f7',
  brightCyan: '#9be3da',
  brightWhite: '#ffffff',
};

/** Guests print what they like: a link only opens by intent, without a way back to this page. */
function openLink(event: MouseEvent, address: string) {
  if ((event.ctrlKey || event.metaKey) && /^https?:/.test(address))
    window.open(address, '_blank', 'noopener,noreferrer');
}

/** A terminal in the page: xterm.js with what this product adds. OSC 52 stays off: guests do not write the clipboard. */
export function createTerminalView({ host, label, fontSize, screenReader, ...on }: Options) {
  const terminal = new Terminal({
    fontSize,
    fontFamily: 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace',
    lineHeight: 1.15,
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    scrollback: 5_000,
    minimumContrastRatio: 4.5,
    macOptionIsMeta: true,
    screenReaderMode: screenReader,
    theme: colours,
    linkHandler: { activate: openLink },
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.loadAddon(new WebLinksAddon(openLink));
  terminal.open(host);
  terminal.textarea?.setAttribute('aria-label', label);

  const encoder = new TextEncoder();

  const copy = () => navigator.clipboard.writeText(terminal.getSelection());
  terminal.attachCustomKeyEventHandler((event) => {
    if (!event.ctrlKey || !event.shiftKey || event.altKey || event.type !== 'keydown') return true;
    const action = { KeyC: () => void copy(), KeyF: on.onFind, KeyL: on.onLeave }[event.code];
    if (event.code === 'KeyV') return false; // The browser pastes by itself; see below.
    if (action === undefined) return true;
    event.preventDefault();
    action();
    return false;
  });
  const onPaste = (event: ClipboardEvent) => {
    event.preventDefault();
    event.stopPropagation();
    terminal.paste(safePaste(event.clipboardData?.getData('text/plain') ?? ''));
  };
  host.addEventListener('paste', onPaste, { capture: true });

  const fitSoon = () => {
    if (host.clientWidth > 0 && host.clientHeight > 0) fit.fit();
  };
  const observer = new ResizeObserver(fitSoon);
  observer.observe(host);

  return {
    terminal,
    copy,
    fit: fitSoon,
    /** What the person types and what the terminal answers, as bytes. */
    onInput: (send: (bytes: Uint8Array<ArrayBuffer>) => void) => {
      terminal.onData((text) => send(encoder.encode(text)));
      terminal.onBinary((text) => send(Uint8Array.from(text, (character) => character.charCodeAt(0))));
    },
    onResize: (tell: () => void) => terminal.onResize(tell),
    paste: (text: string) => terminal.paste(safePaste(text)),
    /** As if these keys were typed. */
    type: (text: string) => terminal.input(text, true),
    setFontSize: (size: number) => {
      terminal.options.fontSize = size;
      fitSoon();
    },
    setScreenReader: (wanted: boolean) => {
      terminal.options.screenReaderMode = wanted;
    },
    dispose: () => {
      observer.disconnect();
      host.removeEventListener('paste', onPaste, { capture: true });
      terminal.dispose();
    },
  };
}
