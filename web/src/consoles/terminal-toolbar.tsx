import {
  IconClipboard,
  IconCopy,
  IconEar,
  IconEye,
  IconSearch,
  IconTextDecrease,
  IconTextIncrease,
} from '@tabler/icons-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { later } from '../ui/later.js';
import { notifyDone } from '../ui/notify.js';
import classes from './consoles.module.css';
import { FullScreenTool } from './full-screen-tool.js';
import type { TerminalView } from './terminal-view.js';
import { Tool } from './tool.js';
import type { Viewer } from './viewers.js';

const Viewers = later(async () => (await import('./viewers.js')).Viewers);

interface Props {
  view: RefObject<TerminalView | undefined>;
  viewers: Viewer[];
  viewing: boolean;
  reader: boolean;
  onFind: () => void;
  onFont: (step: number) => void;
  onReader: (wanted: boolean) => void;
}

export function TerminalToolbar({ view, viewers, viewing, reader, onFind, onFont, onReader }: Props) {
  const { t } = useTranslation();
  const copy = () => {
    void view.current?.copy().then(() => notifyDone(t('app.action.copied')));
    view.current?.terminal.focus();
  };
  const paste = async () => {
    try {
      view.current?.paste(await navigator.clipboard.readText());
    } catch {
      notifyDone(t('consoles.terminal.pasteHint', { key: 'Ctrl-Shift-V' }));
    }
    view.current?.terminal.focus();
  };
  return (
    <div role="toolbar" aria-label={t('consoles.terminal.options')} className={classes.toolbar}>
      <Tool icon={IconCopy} label={t('consoles.terminal.copy')} onClick={copy} />
      <Tool icon={IconClipboard} label={t('consoles.terminal.paste')} onClick={() => void paste()} disabled={viewing} />
      <Tool icon={IconSearch} label={t('consoles.terminal.find')} onClick={onFind} />
      <Tool icon={IconTextDecrease} label={t('consoles.terminal.smaller')} onClick={() => onFont(-1)} />
      <Tool icon={IconTextIncrease} label={t('consoles.terminal.larger')} onClick={() => onFont(1)} />
      <Tool icon={IconEar} label={t('consoles.terminal.reader')} pressed={reader} onClick={() => onReader(!reader)} />
      <FullScreenTool />
      <span className={classes.fill} />
      {viewing && (
        <span className={classes.tool}>
          <IconEye size={16} aria-hidden /> {t('workspace.view')}
        </span>
      )}
      {viewers.length > 1 && <Viewers viewers={viewers} />}
    </div>
  );
}
