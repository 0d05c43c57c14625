import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';

export const meQuery = queryOptions({
  queryKey: keys.me(),
  queryFn: ({ signal }) => call('me', { signal }),
  staleTime: Infinity,
});

/** The signed-in user; the guard of the routes has read it before any page shows. */
export function useMe() {
  const { data } = useSuspenseQuery(meQuery);
  return { ...data, isAdmin: data.role === 'admin', isStaff: data.role !== 'learner' };
}
