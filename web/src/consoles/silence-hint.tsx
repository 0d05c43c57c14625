import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './consoles.module.css';

const SILENT_MS = 2_000;

/** A serial console shows only what is written while somebody is connected: a machine that stands still shows nothing. */
export function SilenceHint({ silent }: { silent: boolean }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!silent) return;
    const timer = setTimeout(() => setShown(true), SILENT_MS);
    return () => {
      clearTimeout(timer);
      setShown(false);
    };
  }, [silent]);
  return (
    <div role="status" className={classes.notice} data-shown={shown}>
      {shown && t('consoles.terminal.silent')}
    </div>
  );
}
