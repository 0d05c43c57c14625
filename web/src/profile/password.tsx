import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.js';
import { call } from '../api/call.js';
import { useMe } from '../auth/use-me.js';
import { fieldError, textField } from '../ui/form-fields.js';
import { notifyDone } from '../ui/notify.js';
import { Problem } from '../ui/problem.js';
import { Section } from './section.js';

export function Password() {
  const { t } = useTranslation();
  const { username } = useMe();
  const form = useRef<HTMLFormElement>(null);
  const change = useMutation({
    mutationFn: (fields: FormData) =>
      call('changePassword', {
        body: { currentPassword: textField(fields, 'current'), newPassword: textField(fields, 'new') },
      }),
    retry: false,
    onSuccess: () => {
      form.current?.reset();
      notifyDone(t('profile.passwordChanged'));
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    change.mutate(new FormData(event.currentTarget));
  };
  const { error } = change;
  const wrong = error instanceof ApiError && error.code === 'wrong_password';
  return (
    <Section title={t('profile.password')}>
      <form ref={form} onSubmit={submit}>
        <Stack gap="md">
          {error !== null && !wrong && <Problem error={error} compact />}
          <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
          <PasswordInput
            name="current"
            label={t('profile.currentPassword')}
            autoComplete="current-password"
            error={wrong ? t('profile.wrongPassword') : fieldError(error, 'currentPassword')}
            required
            withAsterisk={false}
          />
          <PasswordInput
            name="new"
            label={t('profile.newPassword')}
            description={t('profile.passwordHint')}
            autoComplete="new-password"
            error={fieldError(error, 'newPassword')}
            minLength={12}
            required
            withAsterisk={false}
          />
          <Group>
            <Button type="submit" loading={change.isPending}>
              {t('profile.changePassword')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
