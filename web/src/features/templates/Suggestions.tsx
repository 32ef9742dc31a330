import { useTranslation } from 'react-i18next';
import classes from './CodeField.module.css';
import type { Offer } from './useSuggestions';

/** The list under the caret. The focus stays in the text; the pointer may pick too. */
export function Suggestions({ id, offer, indent }: { id: string; offer: Offer; indent: boolean }) {
  const { t } = useTranslation();
  const { place } = offer;
  return (
    <div id={id} role="listbox" aria-label={t('templates.variables.title')} className={classes.offer} data-indent={indent || undefined}
      style={{ '--line': place.line + 1, '--column': place.column, '--down': place.scrollTop, '--right': place.scrollLeft } as React.CSSProperties}>
      {offer.found.map(({ path, label, sample }, i) => (
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the text field holds the focus and hears the keys for the list
        <div key={path} id={`${id}${i}`} role="option" tabIndex={-1} aria-selected={i === offer.at} className={classes.option}
          onPointerDown={(event) => event.preventDefault()} onPointerMove={() => offer.point(i)} onClick={() => offer.insert(path)}>
          <span>{label}</span><code>{path}</code><span className={classes.sample}>{sample}</span>
        </div>
      ))}
    </div>
  );
}
