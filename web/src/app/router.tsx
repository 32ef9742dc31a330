import { lazy, Suspense, type ComponentType } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { Guard } from '@/features/session/Guard';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { CrashPage } from './frame/CrashPage';
import { MissingPage } from './frame/MissingPage';
import { pageWords } from './i18n';
import { places } from './places';

const Frame = lazy(() => import('./frame/Frame'));

type Load = () => Promise<{ default: ComponentType }>;

function page(path: string, load: Load): RouteObject {
  const Page = lazy(load);
  return { path, element: <Suspense fallback={<PageSkeleton />}><Page /></Suspense>, errorElement: <CrashPage /> };
}

/** The first view's words are there already; every other page brings the pages' words along. */
const withWords = (load: Load): Load => async () => (await Promise.all([load(), pageWords()]))[0];

export const makeRouter = () => createBrowserRouter([
  page('/signup', () => import('@/features/session/SignUpPage')),
  page('/login', () => import('@/features/session/LogInPage')),
  page('/verify', () => import('@/features/session/VerifyPage')),
  {
    element: <Guard><Suspense fallback={null}><Frame /></Suspense></Guard>,
    errorElement: <CrashPage />,
    children: [
      ...places.flatMap(({ path, load, pages = [] }) => [page(path, path === '/' ? load : withWords(load)), ...pages.map((further) => page(further.path, withWords(further.load)))]),
      { path: '*', element: <MissingPage /> },
    ],
  },
]);
