import { NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import type { BodyFor } from '../api/routes.js';
import { useIntention } from '../api/use-intention.js';
import { Dialog } from '../ui/dialog.js';
import { FormButtons } from '../ui/form-buttons.js';
import { fieldError, optionalField, textField } from '../ui/form-fields.js';
import { Problem } from '../ui/problem.js';
import { UploadDisk } from './upload-disk.js';

const sources = ['container', 'containerDisk', 'registry', 'http', 'upload'] as const;
type Source = (typeof sources)[number];

function bodyOf(form: FormData, source: Source): BodyFor<'createImage'> {
  const common = { name: textField(form, 'name').trim(), title: optionalField(form, 'title') };
  if (source === 'upload') return { ...common, upload: true };
  if (source === 'http') {
    return {
      ...common,
      http: { url: textField(form, 'url').trim(), sha256: textField(form, 'sha256').trim().toLowerCase() },
    };
  }
  return { ...common, [source]: textField(form, 'reference').trim() };
}

export function AddImage({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const intention = useIntention();
  const [source, setSource] = useState<Source>('container');
  const add = useMutation({
    mutationFn: (body: BodyFor<'createImage'>) => call('createImage', { body, idempotencyKey: intention.key(body) }),
    onSettled: intention.done,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.images() });
      if (source !== 'upload') onClose();
    },
  });
  if (add.data && source === 'upload')
    return <UploadDisk imageId={add.data.id} title={add.data.title} onClose={onClose} />;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    add.mutate(bodyOf(new FormData(event.currentTarget), source));
  };
  const required = { required: true, withAsterisk: false, autoComplete: 'off', spellCheck: false } as const;
  return (
    <Dialog title={t('images.form.title')} onClose={onClose} size="lg">
      <form onSubmit={submit}>
        <Stack gap="md">
          {add.error !== null && <Problem error={add.error} compact />}
          <TextInput
            {...required}
            name="name"
            label={t('images.form.name')}
            description={t('images.form.nameHint')}
            pattern="[a-z0-9][a-z0-9\-]{0,62}"
            error={fieldError(add.error, 'name')}
            data-autofocus
          />
          <TextInput name="title" label={t('images.form.displayTitle')} autoComplete="off" maxLength={120} />
          <NativeSelect
            label={t('images.form.source')}
            value={source}
            onChange={({ currentTarget: { value } }) => setSource(sources.find((one) => one === value) ?? 'container')}
            data={sources.map((value) => ({ value, label: t(`images.form.sources.${value}`) }))}
          />
          {source !== 'http' && source !== 'upload' && (
            <TextInput
              {...required}
              key={source}
              name="reference"
              label={t('images.form.reference')}
              description={t('images.form.referenceHint')}
              defaultValue={source === 'registry' ? 'docker://' : ''}
              error={fieldError(add.error, source)}
            />
          )}
          {source === 'http' && (
            <>
              <TextInput
                {...required}
                name="url"
                type="url"
                label={t('images.form.url')}
                placeholder="https://"
                error={fieldError(add.error, 'http.url')}
              />
              <TextInput
                {...required}
                name="sha256"
                label={t('images.form.sha256')}
                description={t('images.form.sha256Hint')}
                error={fieldError(add.error, 'http.sha256')}
              />
            </>
          )}
          <FormButtons submit={t('images.form.submit')} pending={add.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
