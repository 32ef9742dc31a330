import { useTranslation } from 'react-i18next';
import { labelIn } from '@/lib/label';
import { choicesOf, type Choice } from '../custom/custom';
import { useLanguage } from '../useLanguage';
import { codesOf, type RuleField } from './fields';

/** What the values of a field are called, where they are few. A value that is asked for and not offered any more stays, and says so. */
export function useOptions() {
  const { t } = useTranslation();
  const language = useLanguage();
  const marked = ({ value, label, gone }: Choice) => ({ value, label: gone ? t(`ui.custom.${gone}`, { name: label }) : label });
  /** The choices of a field's menu, undefined for a field of any values. */
  const optionsOf = ({ path, choices }: RuleField, present: readonly string[]) => {
    const named = choices ?? codesOf(path)?.map((key) => ({ key, label: { [language]: t(`segments.choice.${key}` as 'segments.choice.other') } }));
    return named ? choicesOf({ choices: named }, present, ({ key, label }) => labelIn(label, language) || key).map(marked) : undefined;
  };
  return { optionsOf, optionName: (field: RuleField, value: string) => optionsOf(field, [value])?.find((option) => option.value === value)?.label };
}
