import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { AskPage } from '../ask/ask-page.js';
import { withDeskTexts } from '../locales/use-texts.js';
import { Frame } from './frame.js';
import { Home } from './home.js';
import { Missing, RouteError, RouteLoading } from './route-states.js';

const root = createRootRoute({ component: Frame, notFoundComponent: Missing });
const home = createRoute({ getParentRoute: () => root, path: '/', component: Home });

export const askRoute = createRoute({
  getParentRoute: () => root,
  path: 'ask/{-$conversationId}',
  component: AskPage,
});

const documents = createRoute({
  getParentRoute: () => root,
  path: 'documents',
  component: lazyRouteComponent(() => import('../documents/documents-page.js'), 'DocumentsPage'),
});
const document = createRoute({
  getParentRoute: () => root,
  path: 'documents/$documentId',
  validateSearch: (search): { passage?: string } =>
    typeof search['passage'] === 'string' ? { passage: search['passage'] } : {},
  component: lazyRouteComponent(() => withDeskTexts(import('../documents/document-page.js')), 'DocumentPage'),
});
const collections = createRoute({
  getParentRoute: () => root,
  path: 'collections',
  component: lazyRouteComponent(() => import('../documents/collections-page.js'), 'CollectionsPage'),
});

const drafts = createRoute({
  getParentRoute: () => root,
  path: 'drafts/{-$draftId}',
  component: lazyRouteComponent(() => withDeskTexts(import('../drafts/drafts-page.js')), 'DraftsPage'),
});

const adminLayout = () => withDeskTexts(import('../admin/admin-pages.js'));
const admin = createRoute({
  getParentRoute: () => root,
  path: 'admin',
  component: lazyRouteComponent(adminLayout, 'AdminFrame'),
});
const adminHome = createRoute({
  getParentRoute: () => admin,
  path: '/',
  component: lazyRouteComponent(adminLayout, 'AdminHome'),
});
const adminPage = <
  Path extends string,
  Name extends Exclude<keyof Awaited<ReturnType<typeof adminLayout>>, 'AdminFrame'>,
>(
  path: Path,
  name: Name,
) => createRoute({ getParentRoute: () => admin, path, component: lazyRouteComponent(adminLayout, name) });

const audit = createRoute({
  getParentRoute: () => root,
  path: 'audit',
  component: lazyRouteComponent(() => withDeskTexts(import('../audit/audit-page.js')), 'AuditPage'),
});

const hits = createRoute({
  getParentRoute: () => root,
  path: 'audit/findings',
  component: lazyRouteComponent(() => withDeskTexts(import('../scanner/hits-page.js')), 'HitsPage'),
});

const account = createRoute({
  getParentRoute: () => root,
  path: 'account',
  component: lazyRouteComponent(() => import('../account/account-pages.js'), 'AccountFrame'),
});
const accountHome = createRoute({
  getParentRoute: () => account,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/account/profile' });
  },
});
const accountPage = <Path extends string, Name extends 'ProfilePage' | 'KeysPage' | 'SessionsPage'>(
  path: Path,
  name: Name,
) =>
  createRoute({
    getParentRoute: () => account,
    path,
    component: lazyRouteComponent(() => import('../account/account-pages.js'), name),
  });

const tree = root.addChildren([
  home,
  askRoute,
  documents,
  document,
  collections,
  drafts,
  admin.addChildren([
    adminHome,
    adminPage('overview', 'OverviewPage'),
    adminPage('users', 'UsersPage'),
    adminPage('groups', 'GroupsPage'),
    adminPage('quotas', 'QuotasPage'),
    adminPage('words', 'WordsPage'),
    adminPage('word-lists', 'WordListsPage'),
    adminPage('scanner', 'PolicyPage'),
    adminPage('findings', 'HitsPage'),
    adminPage('rules', 'FirewallPage'),
    adminPage('sources', 'SourcesPage'),
    adminPage('settings', 'SettingsPage'),
  ]),
  audit,
  hits,
  account.addChildren([
    accountHome,
    accountPage('profile', 'ProfilePage'),
    accountPage('keys', 'KeysPage'),
    accountPage('sessions', 'SessionsPage'),
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  defaultPendingComponent: RouteLoading,
  defaultErrorComponent: RouteError,
  defaultNotFoundComponent: Missing,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
