import type { CompiledInstructions } from '@lab-orchestrator/contracts';
import { Group, NativeSelect, Skeleton } from '@mantine/core';
import { IconEye, IconNotebook } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { anchorId, InstructionsProvider } from '../../instructions/instructions-context.js';
import { languageName } from '../../instructions/pane/language-name.js';
import { PageArticle } from '../../instructions/pane/page-view.js';
import { Empty } from '../../ui/empty.js';
import classes from '../editor.module.css';
import type { LabFiles } from '../model/lab-files.js';
import type { LabNames } from '../model/lab-names.js';
import { previewFiles } from './preview-files.js';
import { languageShown, previewValue } from './preview-value.js';
import type { PageName } from './page-files.js';

interface Props {
  /** Absent until something could be compiled. */
  instructions: CompiledInstructions | undefined;
  /** The lab file cannot be read just now. */
  stale: boolean;
  names: LabNames;
  files: LabFiles;
  page: PageName | undefined;
  onPage: (page: PageName) => void;
}

/** The page that is written, as learners will see it. */
export function PreviewPane({ instructions, stale, names, files, page, onPage }: Props) {
  const { t } = useTranslation();
  const language = page?.language ?? names.languages[0] ?? 'en';
  const source = useMemo(() => previewFiles(files), [files]);
  const value = useMemo(
    () =>
      instructions &&
      previewValue({
        instructions,
        language,
        names,
        files: source,
        go: (slug, anchor) => {
          onPage({ language, slug });
          if (anchor !== undefined) setTimeout(() => document.getElementById(anchorId(anchor))?.scrollIntoView(), 100);
        },
      }),
    [instructions, language, names, source, onPage],
  );
  const pages = (instructions && languageShown(instructions, language)?.pages) ?? [];
  const shown = pages.find(({ slug }) => slug === page?.slug) ?? pages[0];
  const label = shown?.title ?? t('editor.preview.page');
  return (
    <section className={classes.preview} aria-label={t('editor.preview.label')}>
      {value !== undefined && shown !== undefined && (
        <Group gap="sm" className={classes.paneHead}>
          <NativeSelect
            size="xs"
            aria-label={t('editor.preview.page')}
            value={shown.slug}
            onChange={({ currentTarget }) => onPage({ language, slug: currentTarget.value })}
            data={pages.map(({ slug, title }) => ({ value: slug, label: title }))}
          />
          {value.instructions.languages.length > 1 && (
            <NativeSelect
              size="xs"
              aria-label={t('instructions.language')}
              value={value.language}
              onChange={({ currentTarget }) => onPage({ language: currentTarget.value, slug: shown.slug })}
              data={value.instructions.languages.map((one) => ({ value: one, label: languageName(one) }))}
            />
          )}
        </Group>
      )}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
      <div className={classes.previewBody} tabIndex={0} role="region" aria-label={label}>
        {instructions === undefined && !stale && <Skeleton h={240} m="md" />}
        {(instructions !== undefined || stale) && shown === undefined && (
          <Empty
            icon={<IconNotebook size={32} />}
            title={t('editor.preview.empty')}
            text={t('editor.preview.emptyText')}
          />
        )}
        {value !== undefined && shown !== undefined && (
          <>
            <p className={classes.note}>
              <IconEye size={16} aria-hidden />
              <span>{t(stale ? 'editor.preview.stale' : 'editor.preview.inert')}</span>
            </p>
            <InstructionsProvider value={value}>
              <PageArticle page={shown} asked={language} />
            </InstructionsProvider>
          </>
        )}
      </div>
    </section>
  );
}
