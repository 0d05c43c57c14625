import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../auth/use-me.js';
import { fieldError, textField } from '../ui/form-fields.js';
import { notifyDone } from '../ui/notify.js';
import { Problem } from '../ui/problem.js';
import { Section } from './section.js';
import { useUpdateMe } from './use-update-me.js';

export function AboutYou() {
  const { t } = useTranslation();
  const me = useMe();
  const update = useUpdateMe();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const body = {
      displayName: textField(form, 'displayName').trim(),
      email: textField(form, 'email').trim() || null,
    };
    update.mutate(body, { onSuccess: () => notifyDone(t('app.saved')) });
  };
  return (
    <Section title={t('profile.you')}>
      <Text size="sm" c="dimmed">
        {t('profile.username')}: <code>{me.username}</code> · {t('profile.role')}: {t(`app.role.${me.role}`)}
      </Text>
      <form onSubmit={submit}>
        <Stack gap="md">
          {update.error !== null && <Problem error={update.error} compact />}
          <TextInput
            name="displayName"
            label={t('profile.displayName')}
            defaultValue={me.displayName}
            error={fieldError(update.error, 'displayName')}
            autoComplete="name"
            required
            withAsterisk={false}
            maxLength={120}
          />
          <TextInput
            name="email"
            type="email"
            label={t('profile.email')}
            defaultValue={me.email ?? ''}
            error={fieldError(update.error, 'email')}
            autoComplete="email"
          />
          <Group>
            <Button type="submit" loading={update.isPending}>
              {t('app.action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
