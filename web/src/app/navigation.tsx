import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe } from '../auth/use-me.js';
import classes from './shell.module.css';

const links = [
  { to: '/', text: 'catalog', for: 'all' },
  { to: '/sessions', text: 'sessions', for: 'all' },
  { to: '/authoring', text: 'authoring', for: 'staff' },
  { to: '/images', text: 'images', for: 'staff' },
  { to: '/admin/sessions', text: 'adminSessions', for: 'staff' },
  { to: '/people', text: 'people', for: 'admin' },
  { to: '/admin', text: 'operation', for: 'admin' },
] as const;

/** The links that this user's role has a use for. */
export function Navigation() {
  const { t } = useTranslation();
  const { isAdmin, isStaff } = useMe();
  return links
    .filter((link) => link.for === 'all' || (link.for === 'staff' ? isStaff : isAdmin))
    .map(({ to, text }) => (
      <Link key={to} to={to} className={classes.link} activeOptions={{ exact: true }}>
        {t(`app.nav.${text}`)}
      </Link>
    ));
}
