import { NativeSelect } from '@mantine/core';
import { IconClipboardText, IconEye, IconPower } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './consoles.module.css';
import { FullScreenTool } from './full-screen-tool.js';
import { Tool } from './tool.js';

export const desktopSizes = ['scale', 'resize', 'actual'] as const;
export type DesktopSize = (typeof desktopSizes)[number];
export const isDesktopSize = (value: string): value is DesktopSize =>
  value === 'scale' || value === 'resize' || value === 'actual';

interface Props {
  size: DesktopSize;
  viewing: boolean;
  /** The connection itself only watches. */
  locked: boolean;
  clipboardOpen: boolean;
  onSize: (size: DesktopSize) => void;
  onWatch: (watching: boolean) => void;
  onClipboard: () => void;
  onCtrlAltDel: () => void;
}

export function DesktopToolbar(props: Props) {
  const { t } = useTranslation();
  const { size, viewing, locked, clipboardOpen, onSize, onWatch, onClipboard, onCtrlAltDel } = props;
  return (
    <div role="toolbar" aria-label={t('consoles.terminal.options')} className={classes.toolbar}>
      <NativeSelect
        size="xs"
        aria-label={t('consoles.desktop.size')}
        value={size}
        onChange={({ currentTarget: { value } }) => isDesktopSize(value) && onSize(value)}
        data={desktopSizes.map((value) => ({ value, label: t(`consoles.desktop.${value}`) }))}
      />
      <Tool icon={IconPower} label={t('consoles.desktop.ctrlAltDel')} onClick={onCtrlAltDel} disabled={viewing} />
      <Tool
        icon={IconClipboardText}
        label={t('consoles.desktop.clipboard')}
        pressed={clipboardOpen}
        onClick={onClipboard}
        disabled={viewing}
      />
      <Tool
        icon={IconEye}
        label={t('consoles.desktop.viewOnly')}
        pressed={viewing}
        onClick={() => onWatch(!viewing)}
        disabled={locked}
      />
      <FullScreenTool />
      <span className={classes.fill} />
      {viewing && (
        <span className={classes.tool}>
          <IconEye size={16} aria-hidden /> {t('workspace.view')}
        </span>
      )}
    </div>
  );
}
