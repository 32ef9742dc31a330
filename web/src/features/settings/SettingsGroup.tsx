import { useTranslation } from 'react-i18next';
import { formatMoney, formatNumber, formatPercent } from '@/lib/format';
import { InlineChoice } from '@/ui/InlineChoice';
import { InlineField } from '@/ui/InlineField';
import { Section } from '@/ui/Section';
import { useLanguage } from '@/ui/useLanguage';
import { WalletChoice } from './WalletChoice';
import { useChangeSettings, type Workspace } from './queries';
import { isBound, isChoice, isCost, isNumber, optionsOf, patchOf, valueOf, type Group, type SettingId } from './settings';
import classes from './Settings.module.css';

const most: Partial<Record<SettingId, number>> = { company: 100, senderName: 100, senderEmail: 254, postalAddress: 300, attributionDays: 2, discountPercent: 6, marginPercent: 6, transactionPercent: 6, transactionFixed: 14, otherPercent: 6 };

/** How a setting reads while nobody edits it. */
function useShown(workspace: Workspace) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (id: SettingId, value: string): string | undefined => {
    if (id === 'attributionDays') return t('settings.days', { count: Number(value) });
    if (id === 'transactionFixed') return formatMoney({ amount: value, currency: workspace.currency }, language);
    if (isBound(id)) return value.split(', ').map((bound) => formatNumber(Number(bound), language)).join(' · ');
    return isNumber(id) || isCost(id) ? formatPercent(Number(value) / 100, language, 2) : undefined;
  };
}

export function SettingsGroup({ id, settings, workspace }: { id: Group['id']; settings: readonly SettingId[]; workspace: Workspace }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const shown = useShown(workspace);
  const { mutateAsync: change } = useChangeSettings();
  return (
    <Section title={t(`settings.group.${id}`)}>
      <ul className={classes.list}>
        {settings.map((setting) => {
          const value = valueOf(workspace, setting);
          const label = t(`settings.field.${setting}`);
          const onSave = (next: string) => change(patchOf(setting, next));
          return (
            <li key={setting}>
              {setting === 'walletField' ? <WalletChoice label={label} value={value} onSave={onSave} /> : isChoice(setting) ? <InlineChoice label={label} value={value} options={optionsOf(setting, value, language, (coding) => t(`settings.coding.${coding}`))} onSave={onSave} />
                : <InlineField label={label} value={value} shown={shown(setting, value)} type={setting === 'senderEmail' ? 'email' : 'text'} maxLength={most[setting]} onSave={onSave} />}
              <p className={classes.help}>{t(`settings.help.${setting}`)}</p>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
