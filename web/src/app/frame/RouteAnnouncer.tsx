import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router';

/** Tells a screen reader which page it is on now, and puts the focus at its start; the first page announces itself. */
export function RouteAnnouncer() {
  const { pathname } = useLocation();
  const [words, setWords] = useState('');
  const first = useRef(pathname);
  useEffect(() => {
    if (first.current === pathname) return;
    first.current = '';
    document.getElementById('main')?.focus({ preventScroll: true });
    // The page names the document when it is drawn, which may be a chunk later.
    const titleNode = document.querySelector('title');
    const watch = new MutationObserver(() => setWords(document.title));
    if (titleNode) watch.observe(titleNode, { childList: true, characterData: true, subtree: true });
    return () => watch.disconnect();
  }, [pathname]);
  return <div role="status" aria-live="polite" className="visually-hidden">{words}</div>;
}
