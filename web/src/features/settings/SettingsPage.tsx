import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { When } from '@/ui/figures';
import { PageHeader } from '@/ui/PageHeader';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { SearchField } from '@/ui/SearchField';
import { Section } from '@/ui/Section';
import { useUrlState } from '@/ui/useUrlState';
import { ApiKeys } from './ApiKeys';
import { CustomFieldList } from './CustomFieldList';
import { useSettings } from './queries';
import { found, groups, matters } from './settings';
import classes from './Settings.module.css';
import { SettingsGroup } from './SettingsGroup';

const defaults = { q: '' };

/** Everything a workspace can be told, on one page that can be searched. */
export default function SettingsPage() {
  const { t } = useTranslation();
  const [url, setUrl] = useUrlState(defaults);
  const { data, error, refetch } = useSettings();
  if (!data) return error ? <><PageHeader title={t('settings.title')} /><ErrorState trouble={problemOf(error)} onRetry={() => void refetch()} /></> : <PageSkeleton />;
  const shown = groups.map((group) => ({
    id: group.id,
    settings: group.settings.filter((id) => matters(data.data, id) && found(url.q, [t(`settings.group.${group.id}`), t(`settings.field.${id}`), t(`settings.help.${id}`)])),
  })).filter(({ settings }) => settings.length > 0);
  const keys = found(url.q, [t('settings.keys.title'), t('settings.keys.why')]);
  const fields = found(url.q, [t('settings.fields.title'), t('settings.fields.why')]);
  const words = found(url.q, [t('settings.dictionary.title'), t('settings.dictionary.why')]);
  return (
    <div className={classes.page}>
      <PageHeader title={t('settings.title')} />
      <div className={classes.search}>
        <SearchField label={t('settings.search')} value={url.q} onSearch={(q) => setUrl({ q }, { replace: true })} />
        <span className={classes.help}>{t('settings.changed')} <When at={data.data.updatedAt} /></span>
      </div>
      {shown.map(({ id, settings }) => <SettingsGroup key={id} id={id} settings={settings} workspace={data.data} />)}
      {fields ? <CustomFieldList /> : null}
      {keys ? <ApiKeys /> : null}
      {words ? <Section title={t('settings.dictionary.title')} action={<Button component={Link} to="/settings/dictionary" variant="default" size="compact-sm">{t('settings.dictionary.open')}</Button>}><p className={classes.help}>{t('settings.dictionary.why')}</p></Section> : null}
      {shown.length === 0 && !keys && !fields && !words ? <p className={classes.help} role="status">{t('settings.noneFound', { q: url.q })}</p> : null}
    </div>
  );
}
