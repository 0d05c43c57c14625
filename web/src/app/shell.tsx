import { Burger, Drawer, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { Link, Outlet, useMatch, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../auth/use-me.js';
import { useLiveEvents } from '../live/use-live-events.js';
import { AccountMenu } from './account-menu.js';
import { Navigation } from './navigation.js';
import classes from './shell.module.css';
import { useStoredPreferences } from './use-stored-preferences.js';

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
      {whole === undefined && <Header />}
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

function Header() {
  const { t } = useTranslation();
  const [opened, menu] = useDisclosure();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const { close } = menu;
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a new page closes the menu
  useEffect(() => close(), [close, path]);
  return (
    <header className={classes.header}>
      <Group gap="lg" wrap="nowrap" className={classes.row}>
        <Burger hiddenFrom="md" opened={opened} onClick={menu.toggle} size="sm" aria-label={t('app.menu')} />
        <Link to="/" className={classes.brand}>
          <img src="/favicon.svg" alt="" width={26} height={26} />
          <Text span fw={650}>
            {t('app.product')}
          </Text>
        </Link>
        <nav aria-label={t('app.nav.label')} className={classes.nav}>
          <Navigation />
        </nav>
        <AccountMenu />
      </Group>
      <Drawer
        opened={opened}
        onClose={menu.close}
        title={t('app.menu')}
        size="xs"
        closeButtonProps={{ 'aria-label': t('app.action.close') }}
      >
        <nav aria-label={t('app.nav.label')} className={classes.drawer}>
          <Navigation />
        </nav>
      </Drawer>
    </header>
  );
}
