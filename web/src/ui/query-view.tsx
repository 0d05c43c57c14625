import type { ReactNode } from 'react';
import { Problem } from './problem.js';

interface Query<T> {
  data: T | undefined;
  error: Error | null;
  refetch: () => unknown;
}
interface Props<T> {
  query: Query<T>;
  /** Keeps the space of what loads. */
  skeleton: ReactNode;
  children: (data: T) => ReactNode;
}

/** What loads, failed or is there. Data that was read once stays on the screen when reading it again fails. */
export function QueryView<T>({ query, skeleton, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <Problem error={query.error} onRetry={() => void query.refetch()} />;
  return <div aria-busy="true">{skeleton}</div>;
}
