import { ActionIcon, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { IconDown, IconUp } from '@/ui/icons';
import type { Place } from '../places';
import classes from './Rail.module.css';

interface Props { place: Place; folded: boolean; first: boolean; last: boolean; onMove?: (by: 1 | -1) => void }

export function RailItem({ place, folded, first, last, onMove }: Props) {
  const { t } = useTranslation();
  const name = t(`frame.place.${place.id}`);
  const PlaceIcon = place.icon;
  return (
    <li className={classes.item}>
      <Tooltip label={name} disabled={!folded} position="right">
        <NavLink to={place.path} end={place.path === '/'} className={classes.link} aria-label={folded ? name : undefined}>
          <PlaceIcon size={18} stroke={1.7} aria-hidden />{folded ? null : <span className={classes.name}>{name}</span>}
        </NavLink>
      </Tooltip>
      {onMove ? (
        <>
          <ActionIcon size="md" aria-label={t('frame.up', { name })} disabled={first} onClick={() => onMove(-1)}><IconUp size={16} /></ActionIcon>
          <ActionIcon size="md" aria-label={t('frame.down', { name })} disabled={last} onClick={() => onMove(1)}><IconDown size={16} /></ActionIcon>
        </>
      ) : null}
    </li>
  );
}
