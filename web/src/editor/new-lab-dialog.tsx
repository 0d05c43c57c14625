import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage, languages } from '../i18n/i18n.js';
import { languageName } from '../instructions/pane/language-name.js';
import { Dialog } from '../ui/dialog.js';
import { idFor, isLabId, type NewLab } from './model/new-lab.js';

interface Props {
  onBegin: (lab: NewLab) => void;
  onClose: () => void;
}

/** Asks what the lab is called. The id follows the title until it is written by hand. */
export function NewLabDialog({ onBegin, onClose }: Props) {
  const { t } = useTranslation();
  const [title, setTitle] = useState('');
  const [written, setWritten] = useState<string>();
  const [language, setLanguage] = useState(currentLanguage);
  const [tried, setTried] = useState(false);
  const id = written ?? idFor(title);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (title.trim() !== '' && isLabId(id)) onBegin({ id, title: title.trim(), language });
  };
  return (
    <Dialog title={t('editor.create.title')} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text>{t('editor.create.lead')}</Text>
          <TextInput
            data-autofocus
            required
            withAsterisk={false}
            maxLength={120}
            label={t('editor.create.name')}
            value={title}
            onChange={({ currentTarget }) => setTitle(currentTarget.value)}
          />
          <TextInput
            required
            withAsterisk={false}
            maxLength={40}
            autoComplete="off"
            spellCheck={false}
            label={t('editor.create.id')}
            description={t('editor.create.idHint')}
            value={id}
            error={(tried || id !== '') && !isLabId(id) ? t('editor.create.idInvalid') : undefined}
            onChange={({ currentTarget }) => setWritten(currentTarget.value)}
          />
          <NativeSelect
            label={t('editor.create.language')}
            value={language}
            onChange={({ currentTarget: { value } }) => setLanguage(value === 'de' ? 'de' : 'en')}
            data={languages.map((one) => ({ value: one, label: languageName(one) }))}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('app.action.cancel')}
            </Button>
            <Button type="submit">{t('editor.create.submit')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
