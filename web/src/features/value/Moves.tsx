import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatNumber } from '@/lib/format';
import { SaveCsv } from '@/ui/SaveCsv';
import { ScrollRegion } from '@/ui/ScrollRegion';
import { Section } from '@/ui/Section';
import { useLanguage } from '@/ui/useLanguage';
import classes from './Insights.module.css';
import { columnsOf, isNowhere, moveAt, rowsOf, ruleOfMove, sumUp, type Place } from './moves';
import type { Move, Picture } from './queries';
import { segmentPath } from './rules';

const shades = 5;

/** Who moved from which cell of recency by frequency to which since the end of the month before. */
export function Moves({ picture }: { picture: Picture }) {
  const { t } = useTranslation();
  const moves = picture.moves ?? [];
  return (
    <Section title={t('value.moves.title')}>
      {picture.movedSince && moves.length > 0 ? <Matrix moves={moves} since={picture.movedSince} asOf={picture.asOf} /> : <p className={classes.quiet}>{t('value.moves.none')}</p>}
    </Section>
  );
}

function Matrix({ moves, since, asOf }: { moves: readonly Move[]; since: string; asOf: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const number = (n: number) => formatNumber(n, language);
  const { stayed, rose, fell, shifted, came, went } = sumUp(moves);
  const most = Math.max(...moves.map(({ customers }) => customers));
  const columns = columnsOf(moves);
  const rows = () => [[t('value.moves.fromR'), t('value.moves.fromF'), t('value.moves.toR'), t('value.moves.toF'), t('value.moves.people')],
    ...moves.map(({ fromR, fromF, toR, toF, customers }) => [fromR, fromF, toR, toF, customers].map(String))];
  return (
    <>
      <p className={classes.quiet}>{t('value.moves.words', { since, stayed: number(stayed), rose: number(rose), fell: number(fell), shifted: number(shifted), came: number(came), went: number(went) })} {t('value.moves.caption')}</p>
      <ScrollRegion name={t('value.moves.title')} className={classes.wide}>
        <table className={classes.cohorts}>
          <caption className="visually-hidden">{t('value.moves.title')}</caption>
          <thead><tr><th scope="col">{t('value.moves.corner')}</th>{columns.map((to) => <th key={`${to.r}${to.f}`} scope="col"><PlaceName place={to} gone /></th>)}</tr></thead>
          <tbody>{rowsOf(moves).map((from) => (
            <tr key={`${from.r}${from.f}`}>
              <th scope="row"><PlaceName place={from} /></th>
              {columns.map((to) => <MoveCell key={`${to.r}${to.f}`} move={moveAt(moves, from, to)} from={from} to={to} most={most} />)}
            </tr>
          ))}</tbody>
        </table>
      </ScrollRegion>
      <div className={classes.actions}><SaveCsv name={t('value.moves.file', { day: asOf })} rows={rows} /></div>
    </>
  );
}

function usePlaceName() {
  const { t } = useTranslation();
  return (place: Place, gone: boolean) => (isNowhere(place) ? t(gone ? 'value.moves.gone' : 'value.moves.new') : t('value.moves.place', { r: place.r, f: place.f }));
}

function PlaceName({ place, gone = false }: { place: Place; gone?: boolean }) {
  return <>{usePlaceName()(place, gone)}</>;
}

function MoveCell({ move, from, to, most }: { move?: Move; from: Place; to: Place; most: number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const name = usePlaceName();
  if (!move) return <td />;
  const shade = Math.max(1, Math.ceil(shades * Math.sqrt(move.customers / most)));
  const shown = formatNumber(move.customers, language);
  const words = t('value.moves.cell', { from: name(from, false), to: name(to, true), count: move.customers, shown });
  if (isNowhere(to)) return <td data-shade={shade} title={words}>{shown}</td>;
  return (
    <td data-shade={shade}>
      <Link to={segmentPath(ruleOfMove(from, to), t('value.moves.name', { from: name(from, false), to: name(to, true) }))} title={words}>
        <span className="visually-hidden">{t('value.moves.open', { words })}</span>
        <span aria-hidden="true">{shown}</span>
      </Link>
    </td>
  );
}
