import { Button, Group, Stack, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { textField } from '../ui/form-fields.js';
import { gitErrors } from './git-errors.js';
import type { LabSource } from './import-source.js';

interface Props {
  busy: boolean;
  error: Error | null;
  onCheck: (source: LabSource) => void;
  onImport: (source: LabSource) => void;
}

const sourceOf = (form: FormData): LabSource => ({
  git: {
    url: textField(form, 'url').trim(),
    ref: textField(form, 'ref').trim() || 'HEAD',
    path: textField(form, 'path').trim(),
  },
});

export function ImportFromGit({ busy, error, onCheck, onImport }: Props) {
  const { t } = useTranslation();
  const errors = gitErrors(error, t);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent instanceof SubmitEvent ? event.nativeEvent : {};
    const source = sourceOf(new FormData(event.currentTarget));
    if (submitter?.getAttribute('value') === 'check') onCheck(source);
    else onImport(source);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          name="url"
          type="url"
          label={t('authoring.import.url')}
          placeholder="https://"
          error={errors.url}
          required
          withAsterisk={false}
          data-autofocus
        />
        <Group grow gap="md" align="flex-start">
          <TextInput
            name="ref"
            label={t('authoring.import.ref')}
            placeholder="HEAD"
            autoComplete="off"
            error={errors.ref}
          />
          <TextInput
            name="path"
            label={t('authoring.import.path')}
            placeholder="/"
            autoComplete="off"
            error={errors.path}
          />
        </Group>
        <Group justify="flex-end" gap="sm">
          <Button type="submit" value="check" variant="default" disabled={busy}>
            {t('authoring.import.check')}
          </Button>
          <Button type="submit" value="import" loading={busy}>
            {t('authoring.import.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
