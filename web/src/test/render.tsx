import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactElement } from 'react';
import { MemoryRouter } from 'react-router';
import { makeQueryClient } from '@/api/queries';
import { pageWords, startWords } from '@/app/i18n';
import { theme } from '@/ui/theme';

/** Draws a component as the app would: theme, Korean words, router, an empty cache. */
export async function draw(element: ReactElement, at = '/') {
  localStorage.setItem('dangol.language', 'ko');
  await startWords();
  await pageWords();
  return render(
    <MantineProvider theme={theme} env="test"><QueryClientProvider client={makeQueryClient()}><MemoryRouter initialEntries={[at]}>{element}</MemoryRouter></QueryClientProvider></MantineProvider>,
  );
}
