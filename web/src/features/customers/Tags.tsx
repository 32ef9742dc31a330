import classes from './Customers.module.css';

/** Tags as quiet marks; in a table they stay on one line. */
export function Tags({ tags, wrap = false }: { tags: readonly string[]; wrap?: boolean }) {
  return <span className={classes.tags} data-wrap={wrap || undefined}>{tags.map((tag) => <span key={tag} className={classes.tag} title={wrap ? undefined : tag}>{tag}</span>)}</span>;
}
