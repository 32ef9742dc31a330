import { useTranslation } from 'react-i18next';
import { ToneShape } from '@/ui/StateBadge';
import type { PasswordHelp as Help } from './password';
import classes from './Session.module.css';

const rules = ['length', 'plain', 'varied'] as const;

/** Ticks off while typing; the state is a shape and a word for those who do not see it. */
export function PasswordHelp({ help, id }: { help: Help; id: string }) {
  const { t } = useTranslation();
  return (
    <ul id={id} className={classes.help}>
      {rules.map((rule) => (
        <li key={rule} data-met={help[rule] || undefined}>
          <ToneShape tone={help[rule] ? 'good' : 'neutral'} />
          {t(`session.help.${rule}`)}
          <span className="visually-hidden">{help[rule] ? t('session.help.met') : t('session.help.open')}</span>
        </li>
      ))}
    </ul>
  );
}
