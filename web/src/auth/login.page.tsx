import { Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useRef, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.js';
import { useDocumentTitle } from '../ui/page.js';
import { Problem } from '../ui/problem.js';
import { textField } from '../ui/form-fields.js';
import classes from './login.module.css';
import { signIn } from './session.js';

const route = getRouteApi('/login');

export function LoginPage() {
  const { t } = useTranslation();
  const { next, why } = route.useSearch();
  const { history } = useRouter();
  const password = useRef<HTMLInputElement>(null);
  useDocumentTitle(t('login.title'));
  const login = useMutation({
    mutationFn: (form: FormData) =>
      signIn(textField(form, 'username').trim().toLowerCase(), textField(form, 'password')),
    onSuccess: () => history.push(next ?? '/'),
    onError: () => password.current?.select(),
    retry: false,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    login.mutate(new FormData(event.currentTarget));
  };
  return (
    <main className={classes.screen}>
      <Paper className={classes.card} withBorder>
        <form onSubmit={submit} method="post">
          <Stack gap="md">
            <div>
              <img src="/favicon.svg" alt="" width={44} height={44} />
              <Title order={1} mt="sm">
                {t('app.product')}
              </Title>
              <Text c="dimmed">{t('login.lead')}</Text>
            </div>
            {why !== undefined && login.status === 'idle' && (
              <Text role="status" size="sm" className={classes.notice}>
                {t(`login.${why}`)}
              </Text>
            )}
            {login.error !== null && <LoginProblem error={login.error} />}
            <TextInput
              name="username"
              label={t('login.username')}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
              withAsterisk={false}
              autoFocus
              size="md"
            />
            <PasswordInput
              ref={password}
              name="password"
              label={t('login.password')}
              autoComplete="current-password"
              required
              withAsterisk={false}
              size="md"
            />
            <Button type="submit" size="md" fullWidth loading={login.isPending || login.isSuccess}>
              {t('login.submit')}
            </Button>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}

function LoginProblem({ error }: { error: Error }) {
  const { t } = useTranslation();
  if (error instanceof ApiError && (error.status === 401 || error.status === 400 || error.status === 422)) {
    return (
      <Text role="alert" c="var(--lab-bad)" fw={600} size="sm">
        {t('login.wrong')}
      </Text>
    );
  }
  if (error instanceof ApiError && error.status === 429 && error.retryAfterS !== undefined) {
    return (
      <Text role="alert" c="var(--lab-bad)" fw={600} size="sm">
        {t('login.tooMany', { seconds: error.retryAfterS })}
      </Text>
    );
  }
  return <Problem error={error} compact />;
}
