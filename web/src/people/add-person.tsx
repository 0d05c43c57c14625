import { NativeSelect, PasswordInput, Stack, TextInput } from '@mantine/core';
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
import { notifyDone } from '../ui/notify.js';
import { Problem } from '../ui/problem.js';
import { Invitation } from './invitation.js';
import { roles } from './roles.js';

const bodyOf = (form: FormData): BodyFor<'createUser'> => ({
  username: textField(form, 'username').trim().toLowerCase(),
  displayName: textField(form, 'displayName').trim(),
  role: roles.find((role) => role === form.get('role')) ?? 'learner',
  email: optionalField(form, 'email'),
  password: textField(form, 'password') || undefined,
});

export function AddPerson({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const intention = useIntention();
  const [link, setLink] = useState<{ name: string; url: string; expiresAt: string }>();
  const add = useMutation({
    mutationFn: (body: BodyFor<'createUser'>) => call('createUser', { body, idempotencyKey: intention.key(body) }),
    onSettled: intention.done,
    onSuccess: ({ displayName, invitation }) => {
      void client.invalidateQueries({ queryKey: keys.users() });
      if (invitation) return setLink({ name: displayName, ...invitation });
      notifyDone(t('app.saved'));
      onClose();
    },
  });
  if (link) return <Invitation {...link} onClose={onClose} />;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    add.mutate(bodyOf(new FormData(event.currentTarget)));
  };
  const field = (name: string) => ({ name, error: fieldError(add.error, name), autoComplete: 'off' });
  return (
    <Dialog title={t('people.form.title')} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {add.error !== null && <Problem error={add.error} compact />}
          <TextInput {...field('displayName')} label={t('people.form.displayName')} required data-autofocus />
          <TextInput
            {...field('username')}
            label={t('people.form.username')}
            description={t('people.form.usernameHint')}
            autoCapitalize="none"
            required
          />
          <TextInput {...field('email')} type="email" label={t('people.form.email')} />
          <NativeSelect
            name="role"
            label={t('people.form.role')}
            data={roles.map((role) => ({ value: role, label: t(`app.role.${role}`) }))}
          />
          <PasswordInput
            {...field('password')}
            autoComplete="new-password"
            label={t('people.form.password')}
            description={t('people.form.passwordHint')}
          />
          <FormButtons submit={t('people.form.submit')} pending={add.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
