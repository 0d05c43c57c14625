import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../i18n/format.js';
import classes from '../editor.module.css';
import type { Change } from '../model/changes.js';
import { type Content, sizeOf } from '../model/lab-files.js';
import { DiffText } from './diff-text.js';

const before = (change: Change): Content =>
  'before' in change ? change.before : change.kind === 'renamed' ? change.after : '';
const after = (change: Change): Content => ('after' in change ? change.after : '');

/** What is different, file by file; the chosen one line by line. */
export function DiffView({ changes }: { changes: readonly Change[] }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string>();
  const shown = changes.find(({ path }) => path === chosen) ?? changes[0];
  if (shown === undefined) return <p>{t('editor.diff.same')}</p>;
  const texts = [before(shown), after(shown)];
  const [old, now] = texts;
  return (
    <div className={classes.diff}>
      <ul className={classes.diffFiles} aria-label={t('editor.diff.files')}>
        {changes.map((change) => (
          <li key={change.path} className={classes.fileRow} data-open={change === shown}>
            <UnstyledButton
              className={classes.file}
              aria-current={change === shown}
              onClick={() => setChosen(change.path)}
            >
              <span className={classes.fileName}>{change.path}</span>
              <span className={classes.mark} data-tone={change.kind === 'removed' ? 'bad' : undefined}>
                {change.kind === 'renamed'
                  ? t('editor.diff.renamed', { from: change.from })
                  : t(`editor.diff.${change.kind}`)}
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <div className={classes.diffText}>
        {typeof old === 'string' && typeof now === 'string' ? (
          <DiffText key={shown.path} path={shown.path} before={old} after={now} />
        ) : (
          <div className={classes.binary}>
            {t('editor.diff.binary', { before: sizeText(old), after: sizeText(now) })}
          </div>
        )}
      </div>
    </div>
  );
}

const sizeText = (content: Content | undefined) => formatBytes(content === undefined ? 0 : sizeOf(content));
