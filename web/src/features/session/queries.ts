import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { setToken } from '@/api/token';
import { chosenLanguage, keepPreference } from '@/lib/preferences';
import { likelyCurrency, ownTimeZone } from '@/lib/place';

export const meKey = ['me'] as const;

/** Who is here, in which workspace, with which scopes. */
export function useMe() {
  return useQuery({ queryKey: meKey, queryFn: () => call(api.GET('/v1/me')), staleTime: 5 * 60_000 });
}

interface Opened { accessToken: string; workspace: { timeZone: string; currency: string } }

/** A fresh session starts with an empty cache: the last person's records must not flash up. */
function useOpen() {
  const client = useQueryClient();
  return ({ accessToken, workspace }: Opened) => {
    client.clear();
    keepManner(workspace);
    setToken(accessToken);
  };
}

export function useSignUp() {
  const open = useOpen();
  return useMutation({
    mutationFn: (fields: { email: string; password: string; company: string }) => {
      const timeZone = ownTimeZone();
      return call(api.POST('/v1/signup', {
        body: { ...fields, language: chosenLanguage(), timeZone, currency: likelyCurrency(navigator.languages, timeZone) },
      }));
    },
    onSuccess: async (opened) => {
      open(opened);
      // The workspace opens with something in it, as the page promised. Without it the home page offers the same again.
      await call(api.POST('/v1/workspace/sample-data')).then(() => call(api.POST('/v1/scores/rebuild', { body: {} }))).catch(() => undefined);
    },
  });
}

export function useLogIn() {
  const open = useOpen();
  return useMutation({
    mutationFn: (fields: { email: string; password: string }) => call(api.POST('/v1/login', { body: fields })),
    onSuccess: open,
  });
}

export function useLogOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(api.POST('/v1/logout')),
    // Even when the server cannot be reached this tab forgets.
    onSettled: () => { setToken(undefined); client.clear(); },
  });
}

export function useVerifyEmail() {
  return useMutation({ mutationFn: (token: string) => call(api.POST('/v1/email-verification', { body: { token } })) });
}

/** Zone and currency of the last workspace, kept so that times are right on the first paint, before /v1/me answers. */
export function keepManner({ timeZone, currency }: { timeZone: string; currency: string }): void {
  keepPreference('manner', `${timeZone} ${currency}`);
}
