import '@/ui/styles';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '@/app/App';
import { startWords } from '@/app/i18n';
import { refresh } from '@/api/token';

const root = document.getElementById('root');
if (!root) throw new Error('index.html lost its #root');

// Session, frame and words travel side by side, so that the first view waits for one round trip, not three. Failures speak up in the guard.
if (!/^\/(signup|login|verify)/.test(location.pathname)) {
  refresh().catch(() => undefined);
  void import('@/app/frame/Frame');
}
// Not a top-level await: the words' chunk may import from this one, and the two would wait for each other.
void startWords().then(() => createRoot(root).render(<StrictMode><App /></StrictMode>));
