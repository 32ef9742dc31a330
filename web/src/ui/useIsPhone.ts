import { useMediaQuery } from '@mantine/hooks';
import { breakpoints } from './theme';

export const useIsPhone = (): boolean =>
  useMediaQuery(`(max-width: ${breakpoints.phone})`, false, { getInitialValueInEffect: false }) ?? false;
