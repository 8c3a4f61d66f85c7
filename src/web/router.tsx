import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { ask, askAll } from './ask.ts'
import { loadDirectory } from './directory/directory.ts'
import { Frame } from './frame/frame.tsx'
import { PageWaiting } from './frame/page-waiting.tsx'
import { whoIsThis } from './me/who.ts'
import { NothingHere, ProblemPage } from './problem/problem-page.tsx'
import { text } from './search.ts'
import { isSignedOut } from './session/expired.ts'

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NothingHere,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search) => text(search, 'to'),
  component: lazyRouteComponent(() => import('./pages/sign-in.tsx'), 'SignInPage'),
})

const link = createRoute({
  getParentRoute: () => root,
  path: '/link',
  component: lazyRouteComponent(() => import('./pages/link.tsx'), 'LinkPage'),
})

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/set-up',
  component: lazyRouteComponent(() => import('./pages/set-up.tsx'), 'SetUpPage'),
})

/** Everything for which one has to be signed in. The check-in panel lies over any of these pages. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'in',
  validateSearch: (search) => text(search, 'checkIn', 'corrects'),
  beforeLoad: async ({ context, location }) => {
    try {
      await whoIsThis(context.queryClient)
    } catch (error) {
      if (isSignedOut(error))
        throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } })
      throw error
    }
  },
  loader: ({ context }) => loadDirectory(context.queryClient),
  component: Frame,
})

const outline = createRoute({
  getParentRoute: () => inside,
  path: '/',
  validateSearch: (search) => text(search, 'by', 'level', 'group', 'cycle'),
  component: lazyRouteComponent(() => import('./pages/outline.tsx'), 'OutlinePage'),
})

const mine = createRoute({
  getParentRoute: () => inside,
  path: '/me',
  component: lazyRouteComponent(() => import('./pages/me.tsx'), 'MePage'),
})

const people = createRoute({
  getParentRoute: () => inside,
  path: '/people',
  validateSearch: (search) => text(search, 'name'),
  component: lazyRouteComponent(() => import('./pages/people.tsx'), 'PeoplePage'),
})

const person = createRoute({
  getParentRoute: () => inside,
  path: '/people/$id',
  component: lazyRouteComponent(() => import('./pages/person.tsx'), 'PersonPage'),
})

const account = createRoute({
  getParentRoute: () => inside,
  path: '/account',
  component: lazyRouteComponent(() => import('./pages/account.tsx'), 'AccountPage'),
})

const newObjective = createRoute({
  getParentRoute: () => inside,
  path: '/objectives/new',
  validateSearch: (search) => text(search, 'under'),
  component: lazyRouteComponent(() => import('./pages/new-objective.tsx'), 'NewObjectivePage'),
})

const objective = createRoute({
  getParentRoute: () => inside,
  path: '/objectives/$id',
  loader: ({ context, params }) =>
    Promise.all([
      context.queryClient.ensureQueryData(ask('objectives.show', { id: params.id as never })),
      context.queryClient.ensureQueryData(askAll('key-results.list', { objectiveId: params.id as never })),
    ]),
  component: lazyRouteComponent(() => import('./pages/objective.tsx'), 'ObjectivePage'),
})

const editObjective = createRoute({
  getParentRoute: () => inside,
  path: '/objectives/$id/edit',
  loader: ({ context, params }) =>
    context.queryClient.ensureQueryData(ask('objectives.show', { id: params.id as never })),
  component: lazyRouteComponent(() => import('./pages/edit-objective.tsx'), 'EditObjectivePage'),
})

const newKeyResult = createRoute({
  getParentRoute: () => inside,
  path: '/objectives/$id/key-results/new',
  loader: ({ context, params }) =>
    context.queryClient.ensureQueryData(ask('objectives.show', { id: params.id as never })),
  component: lazyRouteComponent(() => import('./pages/new-key-result.tsx'), 'NewKeyResultPage'),
})

const keyResult = createRoute({
  getParentRoute: () => inside,
  path: '/key-results/$id',
  loader: ({ context, params }) =>
    context.queryClient.ensureQueryData(ask('key-results.show', { id: params.id as never })),
  component: lazyRouteComponent(() => import('./pages/key-result.tsx'), 'KeyResultPage'),
})

const editKeyResult = createRoute({
  getParentRoute: () => inside,
  path: '/key-results/$id/edit',
  loader: ({ context, params }) =>
    context.queryClient.ensureQueryData(ask('key-results.show', { id: params.id as never })),
  component: lazyRouteComponent(() => import('./pages/edit-key-result.tsx'), 'EditKeyResultPage'),
})

const pages = [
  outline,
  mine,
  people,
  person,
  account,
  newObjective,
  objective,
  editObjective,
  newKeyResult,
  keyResult,
  editKeyResult,
] as const

export function makeRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([signIn, link, setUp, inside.addChildren(pages)]),
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 300,
    defaultPendingMinMs: 0,
    defaultPendingComponent: PageWaiting,
    defaultErrorComponent: ProblemPage,
    defaultNotFoundComponent: NothingHere,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
