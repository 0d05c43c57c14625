import RFB from '@novnc/novnc';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recall, remember } from '../app/local-store.js';
import { ConnectionNotice } from './connection-notice.js';
import { useConsolePort } from './console-ports-context.js';
import classes from './consoles.module.css';
import { DesktopClipboard } from './desktop-clipboard.js';
import { DesktopToolbar, isDesktopSize, type DesktopSize } from './desktop-toolbar.js';
import { useConsole, type ConsoleTarget } from './use-console.js';

interface Props {
  target: ConsoleTarget;
  title: string;
  onOutput: () => void;
  onLeave: () => void;
}

/** A desktop through noVNC, on a socket opened with our own ticket. */
export function DesktopPane({ target, title, onLeave }: Props) {
  const { t } = useTranslation();
  const screen = useRef<HTMLDivElement>(null);
  const rfb = useRef<RFB>(undefined);
  const [clipboardOpen, setClipboardOpen] = useState(false);
  const [fromDesktop, setFromDesktop] = useState('');
  const [watching, setWatching] = useState(target.mode === 'view');
  const [size, setSize] = useState<DesktopSize>(() => {
    const stored = recall('lab.desktopSize') ?? 'scale';
    return isDesktopSize(stored) ? stored : 'scale';
  });
  const { connection, state } = useConsole(target);

  const attach = useEffectEvent((element: HTMLElement, socket: WebSocket) => {
    const created = new RFB(element, socket, { shared: true });
    created.background = 'transparent';
    apply(created, { watching, size });
    created.addEventListener('clipboard', ({ detail }) => setFromDesktop(detail.text.slice(0, 100_000)));
    rfb.current = created;
    return () => {
      rfb.current = undefined;
      created.disconnect();
    };
  });
  useEffect(() => {
    const element = screen.current;
    if (element === null) return;
    connection.start(target.mode, (socket) => attach(element, socket));
    return () => connection.stop();
  }, [connection, target.mode]);
  useEffect(() => {
    if (rfb.current) apply(rfb.current, { watching, size });
  }, [watching, size]);

  useConsolePort(target, () => {
    const ready = () => connection.socket !== undefined && rfb.current !== undefined && !rfb.current.viewOnly;
    return {
      kind: 'desktop',
      ready,
      paste: (text) => {
        if (!ready()) return false;
        rfb.current?.clipboardPasteFrom(text);
        return true;
      },
      enter: () => false,
      focus: () => rfb.current?.focus(),
    };
  });

  // noVNC takes every key from the canvas; this one is caught before it gets there.
  const leave = useEffectEvent(() => {
    rfb.current?.blur();
    onLeave();
  });
  useEffect(() => {
    const element = screen.current;
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.ctrlKey || !event.shiftKey || event.code !== 'KeyL') return;
      event.preventDefault();
      event.stopPropagation();
      leave();
    };
    element?.addEventListener('keydown', onKeyDown, { capture: true });
    return () => element?.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);

  const viewing = connection.mode === 'view' || watching;
  return (
    <div className={classes.console}>
      <div className={classes.stage}>
        <div
          ref={screen}
          className={classes.desktop}
          role="application"
          aria-label={t('consoles.desktop.label', { title })}
        />
        <ConnectionNotice connection={connection} state={state} />
        {clipboardOpen && (
          <DesktopClipboard
            rfb={rfb}
            received={fromDesktop}
            onClose={() => {
              setClipboardOpen(false);
              rfb.current?.focus();
            }}
          />
        )}
      </div>
      <DesktopToolbar
        size={size}
        viewing={viewing}
        locked={connection.mode === 'view'}
        clipboardOpen={clipboardOpen}
        onSize={(next) => {
          setSize(next);
          remember('lab.desktopSize', next);
        }}
        onWatch={setWatching}
        onClipboard={() => setClipboardOpen(!clipboardOpen)}
        onCtrlAltDel={() => rfb.current?.sendCtrlAltDel()}
      />
    </div>
  );
}

function apply(rfb: RFB, { watching, size }: { watching: boolean; size: DesktopSize }) {
  rfb.viewOnly = watching;
  rfb.scaleViewport = size !== 'actual';
  rfb.resizeSession = size === 'resize' && !watching;
  rfb.clipViewport = size === 'actual';
}
