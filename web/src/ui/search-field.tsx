import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  label: string;
  value: string;
  onChange: (text: string) => void;
}

/** Searches as you type, a moment after the last key. */
export function SearchField({ label, value, onChange }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const changeSoon = useDebouncedCallback(onChange, 250);
  const change = (next: string) => {
    setText(next);
    changeSoon(next.trim());
  };
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      value={text}
      maxLength={100}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        text !== '' && <CloseButton size="sm" onClick={() => change('')} aria-label={t('app.action.clear')} />
      }
      onChange={({ currentTarget }) => change(currentTarget.value)}
    />
  );
}
