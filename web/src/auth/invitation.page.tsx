import { Button, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.js';
import { send } from '../api/send.js';
import { textField } from '../ui/form-fields.js';
import { useDocumentTitle } from '../ui/page.js';
import { Problem } from '../ui/problem.js';
import classes from './login.module.css';

const MINIMUM = 12;

/** The token stands behind the `#`, which browsers never send to a server. */
const tokenOf = (hash: string) => new URLSearchParams(hash.slice(1)).get('token') ?? hash.slice(1);

export function InvitationPage() {
  const { t } = useTranslation();
  const [token] = useState(() => tokenOf(location.hash));
  useDocumentTitle(t('invitation.title'));
  const accept = useMutation({
    mutationFn: (password: string) => send('acceptInvitation', { body: { token, password } }),
    retry: false,
  });
  return (
    <main className={classes.screen}>
      <Paper className={classes.card} withBorder>
        <Stack gap="md">
          <div>
            <img src="/favicon.svg" alt="" width={44} height={44} />
            <Title order={1} mt="sm">
              {t('invitation.title')}
            </Title>
          </div>
          {token === '' && <Text role="alert">{t('invitation.missing')}</Text>}
          {accept.isSuccess && (
            <>
              <Text role="status">{t('invitation.done')}</Text>
              <Button component={Link} to="/login">
                {t('invitation.toLogin')}
              </Button>
            </>
          )}
          {token !== '' && !accept.isSuccess && (
            <>
              <Text c="dimmed">{t('invitation.lead')}</Text>
              {accept.error !== null && <InvitationProblem error={accept.error} />}
              <PasswordForm busy={accept.isPending} onSubmit={accept.mutate} />
            </>
          )}
        </Stack>
      </Paper>
    </main>
  );
}

function PasswordForm({ busy, onSubmit }: { busy: boolean; onSubmit: (password: string) => void }) {
  const { t } = useTranslation();
  const [errors, setErrors] = useState<{ password?: string; repeat?: string }>({});
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = textField(form, 'password');
    if (password.length < MINIMUM) return setErrors({ password: t('invitation.tooShort') });
    if (password !== textField(form, 'repeat')) return setErrors({ repeat: t('invitation.differs') });
    setErrors({});
    onSubmit(password);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <PasswordInput
          name="password"
          label={t('invitation.password')}
          description={t('invitation.hint')}
          error={errors.password}
          autoComplete="new-password"
          autoFocus
        />
        <PasswordInput name="repeat" label={t('invitation.repeat')} error={errors.repeat} autoComplete="new-password" />
        <Button type="submit" loading={busy} fullWidth>
          {t('invitation.submit')}
        </Button>
      </Stack>
    </form>
  );
}

function InvitationProblem({ error }: { error: Error }) {
  const { t } = useTranslation();
  const refused = error instanceof ApiError && error.status < 500 && error.status >= 400 && error.errors.length === 0;
  if (refused && error.status !== 429) return <Text role="alert">{t('invitation.refused')}</Text>;
  return <Problem error={error} compact />;
}
