import { useTranslation } from 'react-i18next';
import { useCustomFields } from '@/api/customFields';
import { InlineChoice } from '@/ui/InlineChoice';
import { useLanguage } from '@/ui/useLanguage';

interface Props { label: string; value: string; onSave: (next: string) => Promise<unknown> }

/** Which of the workspace's own fields of money holds what a customer spends in a year, or none. */
export function WalletChoice({ label, value, onSave }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data } = useCustomFields();
  const fields = (data?.data.data ?? []).filter(({ type, archived }) => type === 'money' && !archived);
  const options = [{ value: '', label: t('settings.wallet.none') }, ...fields.map(({ key, label: words }) => ({ value: key, label: words[language] ?? words.ko ?? words.en ?? key }))];
  return <InlineChoice label={label} value={value} options={options} onSave={onSave} />;
}
