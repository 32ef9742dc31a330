import { QueryClient } from '@tanstack/react-query';
import { problemOf } from './problem';

/** A refusal will be refused again; only silence and server faults are worth another try. */
function worthRetrying(failures: number, error: unknown): boolean {
  const { status } = problemOf(error);
  return failures < 2 && (status === 0 || status >= 500);
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 10_000, retry: worthRetrying, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
}
