import { useTranslation } from 'react-i18next';
import type { Language } from '@/lib/preferences';
import classes from './LanguageSwitch.module.css';
import { useLanguage } from './useLanguage';

/** Each language in its own words: whoever cannot read the page can still find theirs. */
const names: readonly [Language, string][] = [['ko', '한국어'], ['en', 'English']];

export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const language = useLanguage();
  return (
    <div className={classes.root} role="group" aria-label={t('ui.language')}>
      {names.map(([code, name]) => (
        <button key={code} type="button" lang={code} className={classes.choice} aria-pressed={code === language}
          onClick={() => void i18n.changeLanguage(code)}>{name}</button>
      ))}
    </div>
  );
}
