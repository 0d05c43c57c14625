import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { queryClient } from '../api/query-client.js';
import { accessTokens } from '../auth/session.js';
import { meQuery } from '../auth/use-me.js';
import { withOtherTexts } from '../i18n/i18n.js';
import { loadAgain } from './load-again.js';
import { NotFoundPage } from './not-found.page.js';
import { PageError } from './page-error.js';
import { PagePending } from './page-pending.js';
import { loadHeader, Shell } from './shell.js';

/** The code of a page, loaded when it is first shown. */
const lazily: typeof lazyRouteComponent = (load, name) => lazyRouteComponent(() => loadAgain(load), name);

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): { next?: string; why?: 'expired' | 'signedOut' } => ({
    ...(typeof search['next'] === 'string' && isInside(search['next']) && { next: search['next'] }),
    ...((search['why'] === 'expired' || search['why'] === 'signedOut') && { why: search['why'] }),
  }),
  component: lazily(() => import('../auth/login.page.js'), 'LoginPage'),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazily(() => import('../auth/invitation.page.js'), 'InvitationPage'),
});

/** Everything behind the sign-in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ location }) => {
    if ((await loadAgain(() => accessTokens.get())) === undefined)
      throw redirect({ to: '/login', search: { next: location.href } });
    await queryClient.ensureQueryData(meQuery);
  },
  component: Shell,
});

/** Takes the whole window. */
const whole = <const Path extends string>(path: Path) => ({ getParentRoute: () => inside, path });
/** Has the header above it. */
const page = <const Path extends string>(path: Path) => ({ ...whole(path), loader: () => loadHeader() });
const catalog = createRoute({
  ...page('/'),
  component: lazily(() => withOtherTexts(import('../catalog/catalog.page.js')), 'CatalogPage'),
});
const lab = createRoute({
  ...page('/labs/$labId'),
  component: lazily(() => withOtherTexts(import('../catalog/lab.page.js')), 'LabPage'),
});
const sessions = createRoute({
  ...page('/sessions'),
  component: lazily(() => withOtherTexts(import('../sessions/sessions.page.js')), 'SessionsPage'),
});
export const workspaceRoute = createRoute({
  ...whole('/sessions/$sessionId'),
  component: lazily(() => import('../workspace/workspace.page.js'), 'WorkspacePage'),
});
const instructionsWindow = createRoute({
  ...whole('/sessions/$sessionId/instructions'),
  component: lazily(() => import('../instructions/window.page.js'), 'InstructionsWindowPage'),
});
const printedInstructions = createRoute({
  ...whole('/sessions/$sessionId/print'),
  component: lazily(() => import('../instructions/print.page.js'), 'PrintPage'),
});
const labProgress = createRoute({
  ...page('/labs/$labId/progress'),
  component: lazily(() => withOtherTexts(import('../progress/lab-progress.page.js')), 'LabProgressPage'),
});
const newLab = createRoute({
  ...whole('/labs/new'),
  component: lazily(() => withOtherTexts(import('../editor/new-lab.page.js')), 'NewLabPage'),
});
const editLab = createRoute({
  ...whole('/labs/$labId/edit'),
  component: lazily(() => withOtherTexts(import('../editor/edit-lab.page.js')), 'EditLabPage'),
});
const people = createRoute({
  ...page('/people'),
  component: lazily(() => withOtherTexts(import('../people/people.page.js')), 'PeoplePage'),
});
const authoring = createRoute({
  ...page('/authoring'),
  component: lazily(() => withOtherTexts(import('../authoring/authoring.page.js')), 'AuthoringPage'),
});
const images = createRoute({
  ...page('/images'),
  component: lazily(() => withOtherTexts(import('../images/images.page.js')), 'ImagesPage'),
});
const adminSessions = createRoute({
  ...page('/admin/sessions'),
  component: lazily(() => withOtherTexts(import('../sessions/admin-sessions.page.js')), 'AdminSessionsPage'),
});
const operation = createRoute({
  ...page('/admin'),
  component: lazily(() => withOtherTexts(import('../operation/operation.page.js')), 'OperationPage'),
});
const profile = createRoute({
  ...page('/profile'),
  component: lazily(() => withOtherTexts(import('../profile/profile.page.js')), 'ProfilePage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    login,
    invitation,
    inside.addChildren([
      catalog,
      lab,
      sessions,
      workspaceRoute,
      instructionsWindow,
      printedInstructions,
      labProgress,
      newLab,
      editLab,
      people,
      authoring,
      images,
      adminSessions,
      operation,
      profile,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: PageError,
  defaultPendingComponent: PagePending,
  defaultNotFoundComponent: NotFoundPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** A path of this app; never another site's address. */
function isInside(next: string) {
  return next.startsWith('/') && !next.startsWith('//') && !next.includes('\\');
}
