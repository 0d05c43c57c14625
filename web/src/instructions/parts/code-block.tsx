import type { PageBlock } from '@lab-orchestrator/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { CopyIcon } from '../../ui/copy-text.js';
import { loadAgain } from '../../app/load-again.js';
import classes from './code-block.module.css';
import { textOf } from '../model/template-text.js';
import type { Highlighted } from './highlight.js';
import { Template } from './template.js';

/** Code to read and copy. Its colours come with a library that loads when there is code in a language it knows. */
export function CodeBlock({ code: { language, title, children } }: { code: Extract<PageBlock, { type: 'code' }> }) {
  const { t } = useTranslation();
  const plain = textOf(children);
  const text = 'text' in plain ? plain.text : undefined;
  const { data } = useQuery({
    queryKey: ['highlighted', language, text],
    queryFn: async () => (await loadAgain(() => import('./highlight.js'))).highlight(text ?? '', language ?? ''),
    enabled: language !== undefined && text !== undefined,
    staleTime: Infinity,
  });
  return (
    <figure className={classes.code}>
      <figcaption>
        <span className="truncate">{title ?? language ?? t('instructions.code')}</span>
        {text !== undefined && <CopyIcon text={text} label={t('instructions.copyCode')} />}
      </figcaption>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
      <pre tabIndex={0} aria-label={title ?? t('instructions.code')} role="region">
        <code>{data == null ? <Template parts={children} /> : data.map(coloured)}</code>
      </pre>
    </figure>
  );
}

const coloured = (part: Highlighted, index: number): React.ReactNode =>
  typeof part === 'string' ? (
    part
  ) : (
    <span key={String(index)} className={part.className}>
      {part.children.map(coloured)}
    </span>
  );
