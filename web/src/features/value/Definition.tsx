import classes from './Picture.module.css';

/** What the figures mean and what they cannot say, as the API words it: one rule a line. */
export function Definition({ text }: { text: string }) {
  return <ul className={classes.definition}>{text.split('\n').map((line) => <li key={line}>{line}</li>)}</ul>;
}
