import { queryOptions } from '@tanstack/react-query';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';

export const sessionQuery = (sessionId: string) =>
  queryOptions({
    queryKey: keys.session(sessionId),
    queryFn: ({ signal }) => call('getSession', { params: { sessionId }, signal }),
  });

export const labQuery = (labId: string) =>
  queryOptions({
    queryKey: keys.lab(labId),
    queryFn: ({ signal }) => call('getLab', { params: { labId }, signal }),
  });
