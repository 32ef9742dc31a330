import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { IconBack } from '@/ui/icons';
import classes from './Imports.module.css';

export function BackToImports() {
  const { t } = useTranslation();
  return <Button className={classes.back} component={Link} to="/imports" variant="subtle" color="gray" size="compact-sm" leftSection={<IconBack size={16} aria-hidden />}>{t('imports.title')}</Button>;
}
