import { Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NavLink, useLocation } from 'react-router';
import { IconMore } from '@/ui/icons';
import { placeAt } from '../places';
import classes from './BottomBar.module.css';
import { useFrame } from './useFrame';
import { usePlaces } from './usePlaces';

/** Four places and More, within the thumb's reach. More appears only when something is behind it. */
export function BottomBar() {
  const { t } = useTranslation();
  const { opened, show } = useFrame();
  const { places } = usePlaces();
  const current = placeAt(useLocation().pathname);
  const marked = places.filter(({ thumb }) => thumb);
  const four = [...marked, ...places.filter((place) => !place.thumb)].slice(0, 4);
  const rest = places.filter((place) => !four.includes(place));

  return (
    <nav className={classes.root} aria-label={t('frame.rail')}>
      {four.map(({ id, path, icon: PlaceIcon }) => (
        <NavLink key={id} to={path} end={path === '/'} className={classes.item}><PlaceIcon size={22} stroke={1.7} aria-hidden />{t(`frame.place.${id}`)}</NavLink>
      ))}
      {rest.length > 0 ? (
        <button type="button" className={classes.item} aria-haspopup="dialog" aria-expanded={opened === 'more'} data-current={(current && rest.includes(current)) || undefined} onClick={() => show('more')}>
          <IconMore size={22} stroke={1.7} aria-hidden />{t('frame.more')}
        </button>
      ) : null}
      <Drawer opened={opened === 'more'} onClose={() => show(undefined)} position="bottom" classNames={{ inner: classes.sheet, content: classes.sheetContent }} title={t('frame.more')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
        <ul className={classes.rest}>
          {rest.map(({ id, path, icon: PlaceIcon }) => (
            <li key={id}><NavLink to={path} className={classes.line} onClick={() => show(undefined)}><PlaceIcon size={22} stroke={1.7} aria-hidden />{t(`frame.place.${id}`)}</NavLink></li>
          ))}
        </ul>
      </Drawer>
    </nav>
  );
}
