import { ActionIcon, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconArrange, IconCheck, IconFold } from '@/ui/icons';
import { groups } from '../places';
import { RailItem } from './RailItem';
import classes from './Rail.module.css';
import { useFrame } from './useFrame';
import { usePlaces } from './usePlaces';

export function Rail() {
  const { t } = useTranslation();
  const { folded, toggleFold } = useFrame();
  const { places, move } = usePlaces();
  const [arranging, setArranging] = useState(false);
  const main = places.filter(({ id }) => id !== 'settings');
  const settings = places.filter(({ id }) => id === 'settings');
  const sections = groups.map((group) => ({ group, items: main.filter((place) => place.group === group) })).filter(({ items }) => items.length > 0);
  const sortable = sections.some(({ items }) => items.length > 1);

  return (
    <nav className={classes.root} data-folded={folded || undefined} aria-label={t('frame.rail')}>
      <div className={classes.brand}><img src="/mark.svg" alt="" className={classes.mark} />{folded ? null : t('session.brand')}</div>
      <div className={classes.groups}>
        {sections.map(({ group, items }) => (
          <section key={group ?? 'alone'} className={classes.group} aria-label={group ? t(`frame.group.${group}`) : undefined}>
            {group && !folded ? <h2 className={classes.heading}>{t(`frame.group.${group}`)}</h2> : null}
            <ul>
              {items.map((place, i) => (
                <RailItem key={place.id} place={place} folded={folded} onMove={arranging && !folded && items.length > 1 ? (by) => move(place.id, by) : undefined} first={i === 0} last={i === items.length - 1} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <div className={classes.foot}>
        {settings.length > 0 ? <ul>{settings.map((place) => <RailItem key={place.id} place={place} folded={folded} first last />)}</ul> : null}
        <div className={classes.tools}>
          <Tooltip label={folded ? t('frame.unfold') : t('frame.fold')} position="right"><ActionIcon aria-label={folded ? t('frame.unfold') : t('frame.fold')} aria-expanded={!folded} onClick={toggleFold}><IconFold size={18} /></ActionIcon></Tooltip>
          {folded || !sortable ? null : (
            <Tooltip label={arranging ? t('frame.arranged') : t('frame.arrange')}><ActionIcon aria-label={arranging ? t('frame.arranged') : t('frame.arrange')} aria-pressed={arranging} onClick={() => setArranging(!arranging)}>{arranging ? <IconCheck size={18} /> : <IconArrange size={18} />}</ActionIcon></Tooltip>
          )}
        </div>
      </div>
    </nav>
  );
}
