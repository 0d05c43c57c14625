import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useInstructions } from '../instructions-context.js';
import classes from './zoomable.module.css';

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
      {open && (
        <Modal
          opened
          size="auto"
          title={title ?? alt}
          onClose={() => setOpen(false)}
          closeButtonProps={{ 'aria-label': t('app.action.close') }}
        >
          <img src={address} alt={alt} className={classes.enlarged} />
        </Modal>
      )}
    </>
  );
}
