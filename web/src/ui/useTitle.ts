import { useEffect } from 'react';

/** Names the document; the frame's announcer watches <title> and reads it to screen readers. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Dangol`;
  }, [title]);
}
