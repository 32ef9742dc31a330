/** A Korean E.164 number as people here write it (010-1234-5678); any other number as it is. */
export function formatPhone(phone: string): string {
  const national = /^\+82(\d{8,10})$/.exec(phone)?.[1];
  if (national === undefined) return phone;
  const area = national.startsWith('2') ? 1 : 2;
  return `0${national.slice(0, area)}-${national.slice(area, -4)}-${national.slice(-4)}`;
}
