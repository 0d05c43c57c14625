import { createElement, useEffect, useState, type ComponentType, type ReactNode } from 'react';

export interface Later<Props> {
  (props: Props): ReactNode;
  /** Fetches the code, so that it shows at once. */
  fetch(): Promise<void>;
}

const SETTLED_AFTER_MS = 8_000;
const RETRY_MS = 2_000;

/**
 * A component whose code the first view does without. It is fetched when it first shows, and in any case soon after the
 * page has settled, so that it opens at once, also when the network has gone. Until it is there nothing shows in its place.
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): Later<Props> {
  let loaded: ComponentType<Props> | undefined;
  const fetchOnce = async () => {
    loaded ??= await load();
  };
  if (import.meta.env.PROD) setTimeout(() => void fetchOnce().catch(() => undefined), SETTLED_AFTER_MS);
  function Later(props: Props) {
    const [, draw] = useState(false);
    useEffect(() => {
      if (loaded !== undefined) return draw(true);
      let timer: ReturnType<typeof setTimeout>;
      let gone = false;
      const attempt = () =>
        void fetchOnce().then(
          () => gone || draw(true),
          () => gone || (timer = setTimeout(attempt, RETRY_MS)),
        );
      attempt();
      return () => {
        gone = true;
        clearTimeout(timer);
      };
    }, []);
    return loaded === undefined ? null : createElement(loaded, props);
  }
  return Object.assign(Later, { fetch: fetchOnce });
}
