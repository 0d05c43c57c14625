import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { later } from '../../ui/later.js';
import { useInstructions } from '../instructions-context.js';
import classes from './zoomable.module.css';

const Enlarged = later(async () => (await import('./enlarged.js')).Enlarged);

interface Props {
  address: string;
  alt: string;
  title: string | undefined;
}

export function Zoomable({ address, alt, title }: Props) {
  const { t } = useTranslation();
  const { printed } = useInstructions();
  const [open, setOpen] = useState(false);
  const picture = <img src={address} alt={alt} title={title} className={classes.picture} />;
  if (printed) return picture;
  return (
    <>
      <button
        type="button"
        className={classes.zoom}
        aria-label={t('instructions.enlarge', { alt })}
        onClick={() => setOpen(true)}
      >
        {picture}
      </button>
      {open && <Enlarged address={address} alt={alt} title={title ?? alt} onClose={() => setOpen(false)} />}
    </>
  );
}
