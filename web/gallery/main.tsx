/** The kit on one page, with made-up people: `npm run gallery`. `?show=list` shows the list anatomy alone. Never part of the build. */
import '@/ui/styles';
import { MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, useSearchParams } from 'react-router';
import { pageWords, startWords } from '@/app/i18n';
import { resolver, theme } from '@/ui/theme';
import { GalleryList } from './GalleryList';
import { GalleryPieces } from './GalleryPieces';

function Gallery() {
  const [params] = useSearchParams();
  return params.get('show') === 'list' ? <GalleryList /> : <GalleryPieces />;
}

const root = document.getElementById('root');
void startWords().then(pageWords).then(() => {
  if (root) createRoot(root).render(<MantineProvider theme={theme} cssVariablesResolver={resolver} defaultColorScheme="auto"><BrowserRouter><Gallery /></BrowserRouter></MantineProvider>);
});
