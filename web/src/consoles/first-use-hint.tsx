import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recall, remember } from '../app/local-store.js';
import { WithKeys } from '../ui/with-keys.js';
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
        <WithKeys text={t('consoles.terminal.leaveHint', { key: LEAVE_KEY })} />
      </span>
      <Button size="compact-xs" variant="default" onClick={understood}>
        {t('consoles.terminal.understood')}
      </Button>
    </div>
  );
}
