import type { PageInline } from '@lab-orchestrator/contracts';
import { IconPhotoOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './picture.module.css';
import { useLabFile } from './lab-file.js';
import { Zoomable } from './zoomable.js';

/** A picture of the lab folder; a click shows it as large as the window. */
export function Picture({ picture: { file, alt, title } }: { picture: Extract<PageInline, { type: 'picture' }> }) {
  const { t } = useTranslation();
  const { data, error } = useLabFile(file);
  if (data !== undefined) return <Zoomable address={data} alt={alt} title={title} />;
  if (error === null) return <span className={classes.pictureSpace} role="img" aria-label={alt} aria-busy="true" />;
  return (
    <span className={classes.lost} role="img" aria-label={alt}>
      <IconPhotoOff size={18} aria-hidden /> {t('instructions.noPicture', { alt: alt === '' ? file : alt })}
    </span>
  );
}
