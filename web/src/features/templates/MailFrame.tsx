import classes from './PreviewPane.module.css';

/** The mail in a frame that can run no script and reach nothing. Mail apps darken a mail that brings no dark colours of its own; so does the frame. */
export function MailFrame({ html, dark, title }: { html: string; dark: boolean; title: string }) {
  const own = html.includes('prefers-color-scheme');
  return <iframe title={title} className={classes.frame} sandbox="" srcDoc={html} data-dark={dark ? (own ? 'own' : 'turned') : undefined} />;
}
