import { Modal, type ModalProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  title: string;
  onClose: () => void;
  size?: ModalProps['size'];
  /** A click beside it or Escape does not close it: what it shows is shown once. */
  stay?: boolean;
  children: ReactNode;
}

/** A dialog that is there as long as it is rendered. */
export function Dialog({ title, onClose, size = 'md', stay = false, children }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      closeOnClickOutside={!stay}
      closeOnEscape={!stay}
      withCloseButton={!stay}
      closeButtonProps={{ 'aria-label': t('app.action.close') }}
    >
      {children}
    </Modal>
  );
}
