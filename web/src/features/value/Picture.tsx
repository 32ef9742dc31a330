import { useTranslation } from 'react-i18next';
import { Money, Quantity } from '@/ui/figures';
import { SaveCsv } from '@/ui/SaveCsv';
import { Section } from '@/ui/Section';
import { StatTile, StatTiles } from '@/ui/StatTile';
import { useLanguage } from '@/ui/useLanguage';
import { formatNumber, formatPercent } from '@/lib/format';
import { Definition } from './Definition';
import classes from './Picture.module.css';
import { Pyramid } from './Pyramid';
import { cellRows, tierRows } from './pictureRows';
import type { Picture as PictureOf } from './queries';
import { RfmGrid } from './RfmGrid';
import { ShareCurve } from './ShareCurve';

export function Picture({ picture }: { picture: PictureOf }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const percent = (share: number) => formatPercent(share, language);
  const others = picture.otherCurrencies ?? [];
  const costs = picture.otherCosts ?? [];
  return (
    <div className={classes.root}>
      <StatTiles>
        <StatTile label={t('value.tile.buyers')} value={<Quantity value={picture.buyers} unit="people" />} comparison={{ tone: 'neutral', words: t('value.tile.of', { count: picture.customers, shown: formatNumber(picture.customers, language), share: percent(picture.buyers / Math.max(1, picture.customers)) }) }} />
        <StatTile label={t('value.tile.revenue')} value={<Money short value={picture.revenue} />} comparison={others.length > 0 ? { tone: 'neutral', words: t('value.tile.others') } : undefined} />
        {picture.profit ? <StatTile label={t('value.tile.profit')} value={<Money short value={picture.profit} />} comparison={{ tone: 'neutral', words: t('value.tile.profitWhy') }} /> : null}
        <StatTile label={t('value.tile.topFifth')} value={percent(picture.pyramid.topFifthShare)} comparison={{ tone: 'neutral', words: t('value.tile.topFifthWhy') }} />
        <StatTile label={t('value.tile.for80')} value={percent(picture.pyramid.buyersFor80)} comparison={{ tone: 'neutral', words: t('value.tile.for80Why') }} />
      </StatTiles>
      {others.length > 0 ? <p className={classes.others}>{t('value.others')} {others.map((money) => <span key={money.currency}><Money value={money} /></span>)}</p> : null}
      {costs.length > 0 ? <p className={classes.others}>{t('value.otherCosts')} {costs.map((money) => <span key={money.currency}><Money value={money} /></span>)}</p> : null}
      <Section title={t('value.grid.title')} action={<SaveCsv name={t('value.grid.file', { day: picture.asOf })} rows={() => cellRows(t, picture)} />}><RfmGrid cells={picture.rfmGrid ?? []} presentDay={picture.presentDay === picture.asOf ? undefined : picture.presentDay} /></Section>
      <Section title={t('value.pyramid.title')} action={<SaveCsv name={t('value.pyramid.file', { day: picture.asOf })} rows={() => tierRows(t, picture)} />}>
        <div className={classes.pair}>
          <Pyramid tiers={picture.pyramid.tiers ?? []} />
          <ShareCurve deciles={picture.pyramid.deciles ?? []} topFifth={picture.pyramid.topFifthShare} />
        </div>
      </Section>
      <Section title={t('value.definition')}><Definition text={picture.definition} /></Section>
    </div>
  );
}
