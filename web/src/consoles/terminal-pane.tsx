import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recall, remember } from '../app/local-store.js';
import { later } from '../ui/later.js';
import { ConnectionNotice } from './connection-notice.js';
import { useConsolePort } from './console-ports-context.js';
import classes from './consoles.module.css';
import { ExtraKeys } from './extra-keys.js';
import { FirstUseHint } from './first-use-hint.js';
import { SilenceHint } from './silence-hint.js';
import { TerminalStream } from './terminal-stream.js';
import { TerminalToolbar } from './terminal-toolbar.js';
import { createTerminalView, type TerminalView } from './terminal-view.js';
import { useConsole, type ConsoleTarget } from './use-console.js';
import { useFlash } from './use-flash.js';
import type { Viewer } from './viewers.js';

const TerminalSearch = later(async () => (await import('./terminal-search.js')).TerminalSearch);

interface Props {
  target: ConsoleTarget;
  title: string;
  onOutput: () => void;
  /** The person wants out of the terminal by keyboard. */
  onLeave: () => void;
}

const FONT_SIZES = [10, 12, 13, 14, 16, 18, 20, 24, 28];

/** One terminal or serial console with its tools. */
export function TerminalPane({ target, title, onOutput, onLeave }: Props) {
  const { t } = useTranslation();
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<TerminalView>(undefined);
  const streamOf = useRef<TerminalStream>(undefined);
  const [viewers, setViewers] = useState<Viewer[]>([]);
  const [finding, setFinding] = useState(false);
  const [written, setWritten] = useState(false);
  const [fontSize, setFontSize] = useState(() => Number(recall('lab.fontSize') ?? 14));
  const [reader, setReader] = useState(recall('lab.screenReader') === 'on');
  const [refused, flashRefused] = useFlash(3_000);
  const { connection, state } = useConsole(target);

  const leave = useEffectEvent(() => onLeave());
  const output = useEffectEvent(() => onOutput());

  /** Built once; font and reader mode change it in place below. */
  const build = useEffectEvent((element: HTMLElement) => {
    const created = createTerminalView({
      host: element,
      label: t('consoles.terminal.label', { title }),
      fontSize,
      screenReader: reader,
      onFind: () => setFinding(true),
      onLeave: leave,
    });
    const stream = new TerminalStream({
      screen: created.terminal,
      onOutput: output,
      onOverflow: () => connection.overflow(),
      onControl: (message) => {
        if (message.type === 'viewers') setViewers(message.viewers);
        if (message.type === 'exit') connection.exited(message.code);
      },
    });
    const sendSize = () => {
      const { cols, rows } = created.terminal;
      connection.socket?.send(JSON.stringify({ type: 'resize', cols, rows }));
    };
    created.onResize(sendSize);
    created.onInput((bytes) => {
      if (!stream.live) return;
      if (connection.mode === 'control' && connection.socket !== undefined) connection.socket.send(bytes);
      else flashRefused();
    });
    view.current = created;
    streamOf.current = stream;
    created.fit();
    connection.start(target.mode, (socket) => {
      stream.restart();
      const onMessage = ({ data }: MessageEvent<unknown>) => {
        if (data instanceof ArrayBuffer && data.byteLength > 0) setWritten(true);
        stream.receive(data);
      };
      const unsubscribe = connection.subscribe(sendSize);
      socket.addEventListener('message', onMessage);
      return () => {
        socket.removeEventListener('message', onMessage);
        unsubscribe();
      };
    });
    return created;
  });
  useEffect(() => {
    if (host.current === null) return;
    const created = build(host.current);
    return () => {
      connection.stop();
      created.dispose();
    };
  }, [connection]);

  useConsolePort(target, () => {
    const ready = () =>
      connection.mode === 'control' && connection.socket !== undefined && streamOf.current?.live === true;
    const when = (act: () => void) => {
      if (!ready()) return false;
      act();
      return true;
    };
    return {
      kind: 'terminal',
      ready,
      paste: (text) => when(() => view.current?.paste(text)),
      enter: () => when(() => view.current?.type('\r')),
      focus: () => view.current?.terminal.focus(),
    };
  });

  const changeFont = (step: number) => {
    const index = FONT_SIZES.findIndex((size) => size >= fontSize);
    const size = FONT_SIZES[Math.min(Math.max(index + step, 0), FONT_SIZES.length - 1)] ?? fontSize;
    setFontSize(size);
    remember('lab.fontSize', String(size));
    view.current?.setFontSize(size);
  };
  const changeReader = (wanted: boolean) => {
    setReader(wanted);
    remember('lab.screenReader', wanted ? 'on' : '');
    view.current?.setScreenReader(wanted);
  };

  return (
    <div className={classes.console}>
      <div className={classes.stage}>
        <div ref={host} className={classes.terminal} />
        <ConnectionNotice connection={connection} state={state} />
        <SilenceHint silent={state.kind === 'open' && !written} />
        {finding && <TerminalSearch view={view} onClose={() => setFinding(false)} />}
        {refused && (
          <div role="alert" className={classes.refused}>
            {connection.mode === 'view' ? t('consoles.viewing') : t('consoles.refused')}
          </div>
        )}
      </div>
      <ExtraKeys onKey={(text) => view.current?.type(text)} onDone={() => view.current?.terminal.focus()} />
      <TerminalToolbar
        view={view}
        viewers={viewers}
        viewing={connection.mode === 'view'}
        reader={reader}
        onFind={() => setFinding(true)}
        onFont={changeFont}
        onReader={changeReader}
      />
      <FirstUseHint />
    </div>
  );
}
