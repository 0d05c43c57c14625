import { Burger, Drawer, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountMenu } from './account-menu.js';
import { Navigation } from './navigation.js';
import classes from './shell.module.css';

/** The way to every page, above all but those that take the whole window. */
export function Header() {
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
