import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import type { BodyFor } from '../api/routes.js';

/** Changes the signed-in user's own account. */
export function useUpdateMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyFor<'updateMe'>) => call('updateMe', { body }),
    onSuccess: (me) => client.setQueryData(keys.me(), me),
  });
}
