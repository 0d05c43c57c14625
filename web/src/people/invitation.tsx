import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../i18n/format.js';
import { ShownOnce } from '../ui/shown-once.js';

interface Props {
  name: string;
  url: string;
  expiresAt: string;
  onClose: () => void;
}

/** The link with which a new person chooses a password; shown this once. */
export function Invitation({ name, url, expiresAt, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <ShownOnce
      title={t('people.invitation.title', { name })}
      text={t('people.invitation.text', { until: formatInstant(expiresAt) })}
      secret={url}
      copy={t('people.invitation.copy')}
      onClose={onClose}
    >
      <TextInput
        readOnly
        value={url}
        aria-label={t('people.invitation.copy')}
        onFocus={({ currentTarget }) => currentTarget.select()}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      />
    </ShownOnce>
  );
}
