import { IconMaximize, IconMinimize } from '@tabler/icons-react';
import { useEffect, useState, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Tool } from './tool.js';

/** Shows the console it stands in alone on the screen. */
export function FullScreenTool() {
  const { t } = useTranslation();
  const [full, setFull] = useState(false);
  useEffect(() => {
    const update = () => setFull(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', update);
    return () => document.removeEventListener('fullscreenchange', update);
  }, []);
  if (!document.fullscreenEnabled) return null;
  const toggle = ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
    if (full) return void document.exitFullscreen();
    void currentTarget.closest('[data-console]')?.requestFullscreen();
  };
  return (
    <Tool
      icon={full ? IconMinimize : IconMaximize}
      label={full ? t('consoles.terminal.leaveFullScreen') : t('consoles.terminal.fullScreen')}
      onClick={toggle}
    />
  );
}
