import { Button, Kbd } from '@mantine/core';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { recall, remember } from '../app/local-store.js';
import classes from './consoles.module.css';

export const LEAVE_KEY = 'Ctrl-Shift-L';

/** Says once how to get out of a terminal by keyboard: it takes every other key, also Tab. */
export function FirstUseHint() {
  const { t } = useTranslation();
  const [known, setKnown] = useState(recall('lab.leaveHint') === 'known');
  if (known) return null;
  const understood = () => {
    remember('lab.leaveHint', 'known');
    setKnown(true);
  };
  return (
    <div className={classes.hint}>
      <span>
        <Trans i18nKey="consoles.terminal.leaveHint" values={{ key: LEAVE_KEY }} components={{ kbd: <Kbd /> }} />
      </span>
      <Button size="compact-xs" variant="default" onClick={understood}>
        {t('consoles.terminal.understood')}
      </Button>
    </div>
  );
}
