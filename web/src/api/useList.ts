import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import { useMemo } from 'react';
import { problemOf, type ApiProblem } from './problem';

interface Page<T> { data: readonly T[]; nextCursor?: string; /** Exact, where the API counts. */ total?: number }

export interface List<T> {
  /** undefined until the first page is here. */
  rows: readonly T[] | undefined;
  /** Exact: as the API counted last, or once every page is here. */
  total: number | undefined;
  more: { has: boolean; loading: boolean; load: () => void };
  trouble: ApiProblem | null;
  onRetry: () => void;
}

/** A list of the API read page by page; its answer is what a DataTable takes. */
export function useList<T>(queryKey: QueryKey, read: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>): List<T> {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const rows = useMemo(() => query.data?.pages.flatMap(({ data }) => data), [query.data]);
  return {
    rows,
    total: query.data?.pages.at(-1)?.total ?? (query.hasNextPage ? undefined : rows?.length),
    more: { has: query.hasNextPage, loading: query.isFetchingNextPage, load: () => void query.fetchNextPage() },
    trouble: query.error ? problemOf(query.error) : null,
    onRetry: () => void (query.isFetchNextPageError ? query.fetchNextPage() : query.refetch()),
  };
}
