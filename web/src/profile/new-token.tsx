import { Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { tokenScopes } from 'virtual:contract';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import type { BodyFor } from '../api/routes.js';
import { useIntention } from '../api/use-intention.js';
import { useMe } from '../auth/use-me.js';
import { Dialog } from '../ui/dialog.js';
import { FormButtons } from '../ui/form-buttons.js';
import { fieldError, textField } from '../ui/form-fields.js';
import { Problem } from '../ui/problem.js';
import { ShownOnce } from '../ui/shown-once.js';

type Scope = (typeof tokenScopes)[number];
const allowed: Record<'admin' | 'lecturer' | 'learner', readonly Scope[]> = {
  admin: tokenScopes,
  lecturer: ['read', 'sessions', 'labs'],
  learner: ['read', 'sessions'],
};

export function NewToken({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { role } = useMe();
  const client = useQueryClient();
  const intention = useIntention();
  const create = useMutation({
    mutationFn: (body: BodyFor<'createToken'>) => call('createToken', { body, idempotencyKey: intention.key(body) }),
    onSettled: intention.done,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.tokens() }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const wanted = new Set(form.getAll('scopes'));
    create.mutate({
      name: textField(form, 'name').trim(),
      scopes: tokenScopes.filter((scope) => wanted.has(scope)),
      expiresInDays: Number(textField(form, 'expiresInDays')),
    });
  };
  if (create.data) return <TokenOnce token={create.data.token} name={create.data.name} onClose={onClose} />;
  return (
    <Dialog title={t('profile.newToken')} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {create.error !== null && <Problem error={create.error} compact />}
          <TextInput
            name="name"
            label={t('profile.tokenName')}
            description={t('profile.tokenNameHint')}
            error={fieldError(create.error, 'name')}
            autoComplete="off"
            required
            withAsterisk={false}
            maxLength={80}
            data-autofocus
          />
          <Checkbox.Group label={t('profile.scopes')} defaultValue={['read']}>
            <Stack gap="xs" mt="xs">
              {allowed[role].map((scope) => (
                <Checkbox key={scope} name="scopes" value={scope} label={t(`profile.scope.${scope}`)} />
              ))}
            </Stack>
          </Checkbox.Group>
          <TextInput
            name="expiresInDays"
            type="number"
            min={1}
            max={365}
            defaultValue={90}
            label={t('profile.expiresInDays')}
            required
            withAsterisk={false}
          />
          <FormButtons submit={t('app.action.add')} pending={create.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}

function TokenOnce({ token, name, onClose }: { token: string; name: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <ShownOnce title={name} text={t('profile.tokenOnce')} secret={token} copy={t('app.action.copy')} onClose={onClose}>
      <Text component="code" ff="monospace" p="sm" className="panel" style={{ overflowWrap: 'anywhere' }}>
        {token}
      </Text>
    </ShownOnce>
  );
}
