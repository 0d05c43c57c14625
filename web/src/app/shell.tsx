import { IconPlugConnectedX } from '@tabler/icons-react';
import { lazyRouteComponent, Outlet, useMatch } from '@tanstack/react-router';
import { loadAgain } from './load-again.js';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../auth/use-me.js';
import { useLiveEvents } from '../live/use-live-events.js';
import classes from './shell.module.css';
import { useStoredPreferences } from './use-stored-preferences.js';

const Header = lazyRouteComponent(() => loadAgain(() => import('./header.js')), 'Header');
/** Fetches the header together with a page that has one. */
export const loadHeader = () => Header.preload?.();

/** The frame around every page behind the sign-in. The workspace and the editor take the whole window instead. */
export function Shell() {
  const { t } = useTranslation();
  const me = useMe();
  const connected = useLiveEvents();
  useStoredPreferences(me);
  const workspace = useMatch({ from: '/inside/sessions/$sessionId', shouldThrow: false });
  const instructions = useMatch({ from: '/inside/sessions/$sessionId/instructions', shouldThrow: false });
  const printed = useMatch({ from: '/inside/sessions/$sessionId/print', shouldThrow: false });
  const edited = useMatch({ from: '/inside/labs/$labId/edit', shouldThrow: false });
  const begun = useMatch({ from: '/inside/labs/new', shouldThrow: false });
  const whole = workspace ?? instructions ?? printed ?? edited ?? begun;
  return (
    <>
      <a href="#content" className="skip-link">
        {t('app.skip')}
      </a>
      {whole === undefined && (
        <Suspense fallback={<header className={classes.header} data-empty />}>
          <Header />
        </Suspense>
      )}
      {!connected && (
        <div role="status" className={classes.offline}>
          <IconPlugConnectedX size={16} aria-hidden />
          {t('app.offline')}
        </div>
      )}
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
    </>
  );
}
