import classes from './Customers.module.css';

/** Tags in a table stay on one line: the first in words, the others as a number, all of them on hover. */
export function Tags({ tags }: { tags: readonly string[] }) {
  const [first, ...others] = tags;
  if (first === undefined) return null;
  return <span className={classes.tags} title={tags.join(', ')}><span className={classes.tag}>{first}</span>{others.length > 0 ? <span className={classes.others}>+{others.length}</span> : null}</span>;
}
