import type { ReactNode } from 'react';

/** A wide table in its own scroller, so that the page never scrolls sideways; the keyboard reaches it, and it says what it is. A group and no landmark: it stands in a section that has a name already. */
export function ScrollRegion({ name, className, children }: { name: string; className?: string; children: ReactNode }) {
  // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must take the keyboard (WCAG 2.1.1)
  return <div role="group" aria-label={name} tabIndex={0} className={className}>{children}</div>;
}
