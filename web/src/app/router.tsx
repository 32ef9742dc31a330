import { lazy, Suspense, type ComponentType } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { Guard } from '@/features/session/Guard';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { CrashPage } from './frame/CrashPage';
import { MissingPage } from './frame/MissingPage';
import { places } from './places';

const Frame = lazy(() => import('./frame/Frame'));

function page(path: string, load: () => Promise<{ default: ComponentType }>): RouteObject {
  const Page = lazy(load);
  return { path, element: <Suspense fallback={<PageSkeleton />}><Page /></Suspense>, errorElement: <CrashPage /> };
}

export const makeRouter = () => createBrowserRouter([
  page('/signup', () => import('@/features/session/SignUpPage')),
  page('/login', () => import('@/features/session/LogInPage')),
  page('/verify', () => import('@/features/session/VerifyPage')),
  {
    element: <Guard><Suspense fallback={null}><Frame /></Suspense></Guard>,
    errorElement: <CrashPage />,
    children: [
      ...places.flatMap(({ path, load, pages = [] }) => [page(path, load), ...pages.map((further) => page(further.path, further.load))]),
      { path: '*', element: <MissingPage /> },
    ],
  },
]);
