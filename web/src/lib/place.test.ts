import { expect, it } from 'vitest';
import { likelyCurrency } from './place';

it.each([
  [['en-US'], 'Asia/Seoul', 'KRW'], [['ko-KR'], 'UTC', 'KRW'], [['ko'], 'UTC', 'KRW'], [['en-US'], 'America/New_York', 'USD'],
  [['de-DE', 'en-US'], 'Europe/Berlin', 'EUR'], [['xx'], 'UTC', 'USD'], [[], 'UTC', 'USD'],
])('%j in %s sells in %s', (tags, zone, want) => expect(likelyCurrency(tags, zone)).toBe(want));
