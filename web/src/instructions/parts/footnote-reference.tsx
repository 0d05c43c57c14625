import type { PageInline } from '@lab-orchestrator/contracts';
import { useTranslation } from 'react-i18next';
import { anchorId } from '../instructions-context.js';
import { focusOn } from './focus-on.js';

/** Where the text points to a footnote from, so that the footnote can point back. */
export const referenceId = (id: string) => `${anchorId(id)}-reference`;

export function FootnoteReference({
  reference: { id, number },
}: {
  reference: Extract<PageInline, { type: 'footnoteReference' }>;
}) {
  const { t } = useTranslation();
  return (
    <sup>
      <a
        id={referenceId(id)}
        href={`#${anchorId(id)}`}
        aria-label={t('instructions.footnote', { number })}
        onClick={(event) => {
          event.preventDefault();
          focusOn(anchorId(id));
        }}
      >
        {number}
      </a>
    </sup>
  );
}
