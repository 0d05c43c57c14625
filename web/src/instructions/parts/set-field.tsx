import type { PageBlock } from '@lab-orchestrator/contracts';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconCheck } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.js';
import { keys } from '../../api/keys.js';
import { fieldError } from '../../ui/form-fields.js';
import { wordsFor } from '../../ui/problem.js';
import { useInstructions } from '../instructions-context.js';
import classes from './set-field.module.css';

/** A line to fill in; the pages show it from then on. */
export function SetField({ set: { name, label, placeholder } }: { set: Extract<PageBlock, { type: 'set' }> }) {
  const { t } = useTranslation();
  const { session, instructions, canAct, announce } = useInstructions();
  const client = useQueryClient();
  const saved = instructions.answers[name] ?? '';
  const [typed, setTyped] = useState<string>();
  const value = typed ?? saved;
  const save = useMutation({
    mutationFn: () => call('putAnswer', { params: { sessionId: session.id, name }, body: { value } }),
    onSuccess: async () => {
      announce(t('app.saved'));
      await client.invalidateQueries({ queryKey: keys.instructions(session.id) });
      setTyped(undefined);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (value !== saved) save.mutate();
  };
  const isSaved = saved !== '' && value === saved;
  const error = save.error === null ? undefined : (fieldError(save.error, 'value') ?? wordsFor(save.error, t).text);
  return (
    <form className={classes.set} onSubmit={submit}>
      <TextInput
        label={label}
        placeholder={placeholder}
        value={value}
        maxLength={1_000}
        disabled={!canAct}
        error={error}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <Button
        type="submit"
        variant="default"
        loading={save.isPending}
        disabled={!canAct || value === saved}
        leftSection={isSaved ? <IconCheck size={16} /> : undefined}
      >
        {t(isSaved ? 'app.saved' : 'app.action.save')}
      </Button>
    </form>
  );
}
