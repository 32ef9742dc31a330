export interface Person { id: string; name: string; email: string; loyal: boolean; revenue: number; seen: string }

const names = ['김민지', '박서준', '이하은', '최도윤', '정예린', 'Alexandria Montgomery-Worthington of the Eastern Branch Office', '한빛상회 남포동 2호점', '윤지호', '강수아', '조은우'];

export const people: readonly Person[] = Array.from({ length: 40 }, (_, i) => ({
  id: `cus_${i}`, name: names[i % names.length] ?? '', email: `customer.${i}.with.a.rather.long.address@example.co.kr`, loyal: i % 3 === 0,
  revenue: ((i * 7919) % 997) * 1300, seen: new Date(Date.now() - i * i * 3_600_000).toISOString(),
}));
