import { Button } from '@mantine/core';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useInstructions } from '../instructions-context.js';
import classes from './page-turner.module.css';
import { neighbours } from '../model/progress.js';

/** Back and on, always in the same place. */
export function PageTurner({ slug }: { slug: string }) {
  const { t } = useTranslation();
  const { outline, go } = useInstructions();
  const { previous, next } = neighbours(outline, slug);
  if (previous === undefined && next === undefined) return null;
  return (
    <footer className={classes.turner}>
      {previous !== undefined && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconArrowLeft size={16} />}
          title={previous.title}
          aria-label={t('instructions.backTo', { title: previous.title })}
          onClick={() => go(previous.slug)}
        >
          {t('instructions.back')}
        </Button>
      )}
      <span className={classes.fill} />
      {next !== undefined && (
        <Button
          size="xs"
          rightSection={<IconArrowRight size={16} />}
          title={next.title}
          aria-label={t('instructions.nextTo', { title: next.title })}
          onClick={() => go(next.slug)}
        >
          {t('instructions.next')}
        </Button>
      )}
    </footer>
  );
}
