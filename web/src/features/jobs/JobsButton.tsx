import { ActionIcon, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconJobs } from '@/ui/icons';
import classes from './Jobs.module.css';
import { isRunning, useJobs } from './queries';
import { useBulkEnds } from './useBulkEnds';

export function JobsButton({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation();
  useBulkEnds();
  const running = (useJobs().data ?? []).filter(isRunning).length;
  const words = t('jobs.open', { count: running });
  return (
    <Tooltip label={words}>
      <ActionIcon aria-haspopup="dialog" onClick={onOpen} className={classes.button}>
        <IconJobs size={18} aria-hidden /><span className="visually-hidden">{words}</span>{running > 0 ? <span className={classes.count} aria-hidden="true">{running}</span> : null}
      </ActionIcon>
    </Tooltip>
  );
}
