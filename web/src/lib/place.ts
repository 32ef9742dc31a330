/** The currency a business most likely sells in, from the browser's region and zone; it can be changed in the settings. */
const byRegion: Record<string, string> = {
  KR: 'KRW', US: 'USD', JP: 'JPY', GB: 'GBP', CN: 'CNY', CA: 'CAD', AU: 'AUD', SG: 'SGD', VN: 'VND', TH: 'THB', TW: 'TWD', HK: 'HKD', IN: 'INR',
  DE: 'EUR', FR: 'EUR', IT: 'EUR', ES: 'EUR', NL: 'EUR', IE: 'EUR', AT: 'EUR', BE: 'EUR', FI: 'EUR', PT: 'EUR',
};

export function likelyCurrency(tags: readonly string[], timeZone: string): string {
  // A shop in Seoul with an English browser still sells in won.
  if (timeZone === 'Asia/Seoul') return 'KRW';
  const region = tags.map((tag) => /-([A-Z]{2})$/.exec(tag)?.[1]).find((found) => found !== undefined && found in byRegion);
  if (region) return byRegion[region] ?? 'USD';
  return tags[0]?.startsWith('ko') ? 'KRW' : 'USD';
}

export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'Asia/Seoul';
