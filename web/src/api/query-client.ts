import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.js';

/** Often only dropped: by a computer that changes its network, or starts a system of a lab. */
const hasNoAnswer = (error: Error) => error instanceof ApiError && error.status === 0;
const isPassing = (error: Error) => error instanceof ApiError && error.passing;

/** The live events say what changed, so nothing is read again by a timer. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => isPassing(error) && failures < (hasNoAnswer(error) ? 4 : 2),
      retryDelay: (failures, error) =>
        error instanceof ApiError && error.retryAfterS !== undefined
          ? Math.min(error.retryAfterS, 10) * 1_000
          : 500 * 2 ** failures,
      // The browser's own idea of being online is often wrong; a request tells.
      networkMode: 'always',
      refetchOnWindowFocus: false,
    },
    mutations: { retry: (failures, error) => isPassing(error) && failures < 1, networkMode: 'always' },
  },
});
