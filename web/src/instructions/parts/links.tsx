import { Anchor } from '@mantine/core';
import { IconDeviceDesktop, IconExternalLink, IconTerminal2, IconWorld } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { openWeb } from '../../consoles/open-web.js';
import { notifyError } from '../../ui/notify.js';
import { tabsOf } from '../../workspace/tabs.js';
import { useInstructions } from '../instructions-context.js';
import classes from './links.module.css';
import { sayFailure } from './say-failure.js';

interface OutsideProps {
  url: string;
  title: string | undefined;
  children: ReactNode;
}

/** Leaves the platform in a tab of its own, which learns nothing of where it was opened. */
export function OutsideLink({ url, title, children }: OutsideProps) {
  const { t } = useTranslation();
  // The server lets nothing else through; a page that came another way must not run script either.
  if (!/^(https?:\/\/|mailto:)/i.test(url)) return children;
  return (
    <Anchor href={url} title={title} target="_blank" rel="noopener noreferrer">
      {children}
      <IconExternalLink size={14} aria-hidden className={classes.linkIcon} />
      <span className="visually-hidden"> ({t('instructions.newTab')})</span>
    </Anchor>
  );
}

interface PageLinkProps {
  page: string;
  anchor: string | undefined;
  children: ReactNode;
}

export function PageLink({ page, anchor, children }: PageLinkProps) {
  const { go, printed } = useInstructions();
  if (printed) return children;
  return (
    <Anchor component="button" type="button" className={classes.inlineButton} onClick={() => go(page, anchor)}>
      {children}
    </Anchor>
  );
}

interface SystemLinkProps {
  system: string;
  access: string | undefined;
  children: ReactNode;
}
const icons = { terminal: IconTerminal2, serial: IconTerminal2, desktop: IconDeviceDesktop, web: IconWorld };

/** Brings a system to the front; a web page of the lab opens where it always does, in a tab of its own. */
export function SystemLink({ system, access, children }: SystemLinkProps) {
  const { t } = useTranslation();
  const { session, consoles, printed, preview } = useInstructions();
  const tab = tabsOf(session).find(
    (one) => one.system.name === system && (access === undefined || one.access === access),
  );
  if (tab === undefined || printed) return <strong>{children}</strong>;
  const Glyph = icons[tab.kind];
  const open = async () => {
    if (preview !== undefined) return;
    if (tab.kind === 'web' && tab.system.state === 'ready') await openWeb(session.id, system, tab.access);
    else sayFailure(await consoles.show(tab.id), tab.title, t);
  };
  return (
    <Anchor
      component="button"
      type="button"
      className={classes.inlineButton}
      title={t(preview === undefined ? 'instructions.openSystem' : 'instructions.onlyInSession', { title: tab.title })}
      aria-disabled={preview !== undefined}
      onClick={() => void open().catch(notifyError)}
    >
      <Glyph size={14} aria-hidden className={classes.linkIcon} />
      {children}
    </Anchor>
  );
}
