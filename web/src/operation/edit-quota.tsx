import { Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import { Dialog } from '../ui/dialog.js';
import { FormButtons } from '../ui/form-buttons.js';
import { textField } from '../ui/form-fields.js';
import { notifyDone } from '../ui/notify.js';
import { Problem } from '../ui/problem.js';
import { scopeText, type Quota } from './quota-scope.js';

const GIB = 1024 ** 3;
const limit = (form: FormData, name: string) => {
  const text = textField(form, name).trim();
  return text === '' ? null : Number(text);
};

export function EditQuota({ quota, onClose }: { quota: Quota; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (form: FormData) => {
      const memory = limit(form, 'memory');
      return call('putQuota', {
        params: { scope: quota.scope },
        body: {
          sessions: limit(form, 'sessions'),
          cpus: limit(form, 'cpus'),
          memoryBytes: memory === null ? null : Math.round(memory * GIB),
        },
      });
    },
    onSuccess: () => {
      notifyDone(t('operation.quotaSaved'));
      void client.invalidateQueries({ queryKey: keys.quotas() });
      onClose();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate(new FormData(event.currentTarget));
  };
  const field = (name: string, label: string, value: number | null, step: number | 'any') => (
    <TextInput
      name={name}
      label={label}
      type="number"
      min={0}
      step={step}
      defaultValue={value ?? ''}
      placeholder={t('operation.noLimit')}
    />
  );
  return (
    <Dialog title={t('operation.edit', { scope: scopeText(quota.scope, t) })} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {save.error !== null && <Problem error={save.error} compact />}
          {field('sessions', t('operation.sessionsLimit'), quota.sessions, 1)}
          {field('cpus', t('operation.cpusLimit'), quota.cpus, 'any')}
          {field(
            'memory',
            t('operation.memoryLimit'),
            quota.memoryBytes === null ? null : quota.memoryBytes / GIB,
            'any',
          )}
          <FormButtons submit={t('app.action.save')} pending={save.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
