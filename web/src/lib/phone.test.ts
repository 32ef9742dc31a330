import { expect, it } from 'vitest';
import { formatPhone } from './phone';

it.each([
  ['+821012345678', '010-1234-5678'],
  ['+82212345678', '02-1234-5678'],
  ['+82312345678', '031-234-5678'],
  ['+14155550123', '+14155550123'],
  ['1588-0000', '1588-0000'],
])('%s reads %s', (phone, want) => expect(formatPhone(phone)).toBe(want));
