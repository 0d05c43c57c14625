import { NativeSelect, Progress, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconListTree } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/format.js';
import { useInstructions } from '../instructions-context.js';
import classes from './lab-bar.module.css';
import { percentOf } from '../model/progress.js';
import { languageName } from './language-name.js';
import type { Reader } from './use-reader.js';

interface Props {
  reader: Reader;
  slug: string;
  open: boolean;
  onToggle: () => void;
}

export const OUTLINE_ID = 'instructions-outline';

/** How much of the lab is done, and the way to its contents. */
export function LabBar({ reader, slug, open, onToggle }: Props) {
  const { t } = useTranslation();
  const { outline, instructions } = useInstructions();
  const { pages, bar } = outline;
  const page = pages.findIndex((one) => one.slug === slug) + 1;
  const percent = percentOf(bar);
  const spoken = [
    t('instructions.stepsDone', { done: bar.done, steps: bar.steps }),
    ...(bar.maxPoints === 0
      ? []
      : [t('instructions.pointsDone', { points: formatNumber(bar.points), maxPoints: formatNumber(bar.maxPoints) })]),
  ].join(', ');
  return (
    <header className={classes.labBar}>
      <UnstyledButton
        className={classes.contentsButton}
        aria-expanded={open}
        aria-controls={OUTLINE_ID}
        onClick={onToggle}
      >
        <IconListTree size={16} aria-hidden />
        <span className="visually-hidden">{t('instructions.outline')}, </span>
        <span>{t('instructions.pageOf', { page, pages: pages.length })}</span>
        <IconChevronDown size={14} aria-hidden className={classes.chevron} data-open={open} />
      </UnstyledButton>
      {bar.steps > 0 && (
        <div className={classes.barRow} title={spoken}>
          <Progress.Root size={8} flex={1}>
            <Progress.Section
              value={percent}
              withAria
              aria-label={t('instructions.progress')}
              aria-valuetext={spoken}
            />
          </Progress.Root>
          <span className="tabular" aria-hidden>
            {t('instructions.percent', { percent })}
          </span>
        </div>
      )}
      {instructions.languages.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label={t('instructions.language')}
          value={instructions.language ?? ''}
          onChange={({ currentTarget }) => reader.choose(currentTarget.value)}
          data={instructions.languages.map((language) => ({ value: language, label: languageName(language) }))}
        />
      )}
    </header>
  );
}
