import { Button, Menu } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format';
import { IconDown } from '@/ui/icons';
import { chosenOf, type Selection } from '@/ui/table/useSelection';
import { useLanguage } from '@/ui/useLanguage';
import { mostNamed, verbs, whoOf, type Verb } from './bulk';

const BulkDialog = lazy(() => import('./BulkDialog'));

interface Props { selection: Selection; total: number | undefined; asked: { q: string; filter: string } }

/** What can be done to those who are chosen. The button says how many they are. */
export function BulkActions({ selection, total, asked }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [verb, setVerb] = useState<Verb>();
  const count = chosenOf(selection, total);
  const shown = formatNumber(count, language);
  if (!selection.everything && count > mostNamed) return <span>{t('customers.bulk.tooMany', { shown: formatNumber(mostNamed, language) })}</span>;
  return (
    <>
      <Menu position="top-end">
        <Menu.Target><Button size="compact-sm" rightSection={<IconDown size={16} aria-hidden />}>{t('customers.bulk.change', { count, shown })}</Button></Menu.Target>
        <Menu.Dropdown>
          {verbs.map((each) => <Menu.Item key={each} c={each === 'archive' ? 'var(--dg-bad)' : undefined} onClick={() => setVerb(each)}>{t(`customers.bulk.verb.${each}`)}</Menu.Item>)}
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {verb ? <BulkDialog key={verb} verb={verb} who={whoOf(selection, asked)} count={count} onClose={() => setVerb(undefined)} onStarted={() => { setVerb(undefined); selection.clear(); }} /> : null}
      </Suspense>
    </>
  );
}
