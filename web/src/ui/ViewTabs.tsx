import classes from './ViewTabs.module.css';

export interface SavedView { id: string; name: string }

/** Saved views: pressed buttons, for they filter one table and do not swap panels. */
export function ViewTabs({ label, views, value, onChange }: { label: string; views: readonly SavedView[]; value: string; onChange: (id: string) => void }) {
  return (
    <div className={classes.root} role="group" aria-label={label}>
      {views.map(({ id, name }) => <button key={id} type="button" className={classes.tab} aria-pressed={id === value} onClick={() => onChange(id)}>{name}</button>)}
    </div>
  );
}
