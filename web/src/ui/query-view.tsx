import type { ReactNode } from 'react';
import { isMissing } from '../api/api-error.js';
import { NothingHere } from './nothing-here.js';
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
  /** It is what the address of the page names: where that does not exist, a repeat is no way forward. */
  addressed?: boolean;
  children: (data: T) => ReactNode;
}

/** What loads, failed or is there. Data that was read once stays on the screen when reading it again fails. */
export function QueryView<T>({ query, skeleton, addressed = false, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error === null) return <div aria-busy="true">{skeleton}</div>;
  if (addressed && isMissing(query.error)) return <NothingHere />;
  return <Problem error={query.error} onRetry={() => void query.refetch()} />;
}
