import { useMantineColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLogOut } from '@/features/session/queries';
import { IconDark, IconFold, IconHelp, IconJobs, IconLanguage, IconLight, IconLogOut, IconSearch, IconSystem, type Icon } from '@/ui/icons';
import { useFrame } from './frame/useFrame';

/** One object per action: the menu, the key and the palette read the same one. */
export interface Action { id: string; words: string; icon: Icon; keys?: string; run: () => void; group?: 'language' | 'scheme' | 'person'; on?: boolean }

export function useActions(): readonly Action[] {
  const { t, i18n } = useTranslation();
  const { show, toggleFold } = useFrame();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { mutate: logOut } = useLogOut();
  return useMemo(() => [
    { id: 'search', words: t('frame.action.search'), icon: IconSearch, keys: 'mod+K', run: () => show('palette') },
    { id: 'help', words: t('frame.action.help'), icon: IconHelp, keys: '?', run: () => show('help') },
    { id: 'jobs', words: t('frame.action.jobs'), icon: IconJobs, keys: 'mod+J', run: () => show('jobs') },
    { id: 'fold', words: t('frame.action.fold'), icon: IconFold, keys: 'mod+B', run: toggleFold },
    { id: 'korean', words: t('frame.action.korean'), icon: IconLanguage, group: 'language', on: i18n.language === 'ko', run: () => void i18n.changeLanguage('ko') },
    { id: 'english', words: t('frame.action.english'), icon: IconLanguage, group: 'language', on: i18n.language === 'en', run: () => void i18n.changeLanguage('en') },
    { id: 'light', words: t('frame.action.light'), icon: IconLight, group: 'scheme', on: colorScheme === 'light', run: () => setColorScheme('light') },
    { id: 'dark', words: t('frame.action.dark'), icon: IconDark, group: 'scheme', on: colorScheme === 'dark', run: () => setColorScheme('dark') },
    { id: 'system', words: t('frame.action.system'), icon: IconSystem, group: 'scheme', on: colorScheme === 'auto', run: () => setColorScheme('auto') },
    { id: 'logOut', words: t('frame.action.logOut'), icon: IconLogOut, group: 'person', run: () => logOut() },
  ], [t, i18n, show, toggleFold, colorScheme, setColorScheme, logOut]);
}
