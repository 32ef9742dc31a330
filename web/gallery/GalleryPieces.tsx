import { Button, Group, Stack, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { Money, Quantity, When } from '@/ui/figures';
import { FilterChips } from '@/ui/FilterChips';
import { LedgerBar } from '@/ui/LedgerBar';
import { PageHeader } from '@/ui/PageHeader';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { StateBadge } from '@/ui/StateBadge';
import { StatTile, StatTiles } from '@/ui/StatTile';
import { ViewTabs } from '@/ui/ViewTabs';
import { people } from './people';

const won = (amount: number) => ({ amount: String(amount), currency: 'KRW' });

export function GalleryPieces() {
  const [asking, setAsking] = useState(false);
  return (
    <main style={{ maxWidth: 1100, margin: '0 auto', padding: 24 }}>
      <Stack gap="xl">
        <PageHeader title="UI 조각 모음" count={12345} action={<Button onClick={() => setAsking(true)}>2,000명에게 보내기</Button>} />
        <ViewTabs label="보기" views={[{ id: 'all', name: '모든 고객' }, { id: 'vip', name: '단골' }, { id: 'lost', name: '뜸해진 고객' }]} value="vip" onChange={() => undefined} />
        <FilterChips chips={[{ id: 'a', words: '지역이 부산 또는 대구', onEdit: () => undefined, onRemove: () => undefined }, { id: 'b', words: '90일 안에 주문 3건 이상', onRemove: () => undefined }]}><Button variant="subtle" color="gray" size="compact-sm">조건 더하기</Button></FilterChips>
        <StatTiles>
          <StatTile label="매출" value={<Money short value={won(450_000_000)} />} comparison={{ words: '어제보다 12% 늘었어요', tone: 'good' }} trend={[3, 4, 3, 5, 6, 5, 8]} to="/" />
          <StatTile label="주문" value={<Quantity short unit="orders" value={123_000} />} comparison={{ words: '어제와 같아요', tone: 'neutral' }} trend={[5, 5, 4, 5, 5, 5, 5]} />
          <StatTile label="새 고객" value={<Quantity unit="people" value={18} />} comparison={{ words: '어제보다 4명 줄었어요', tone: 'attention' }} trend={[9, 8, 7, 8, 5, 4, 3]} />
          <StatTile label="이탈 위험" value="" loading />
        </StatTiles>
        <LedgerBar counts={{ planned: 2000, accepted: 1200, skipped: 320, failed: 40, uncertain: 60, pending: 300, canceled: 80 }} onOpen={() => undefined} />
        <Group gap="sm"><StateBadge tone="good">보냄</StateBadge><StateBadge tone="attention">확인 필요</StateBadge><StateBadge tone="bad">실패</StateBadge><StateBadge tone="neutral">초안</StateBadge></Group>
        <Group gap="xl"><Money value={won(1_234_567)} /><Quantity unit="messages" value={12345} /><When at={people[1]?.seen ?? ''} /><When at="2024-03-02T09:00:00Z" /></Group>
        <Group gap="sm"><Button>저장하기</Button><Button variant="default">취소</Button><Button color="red">고객 3명 지우기</Button><Button variant="subtle">자세히</Button><Button disabled>보내기</Button></Group>
        <TextInput label="이메일" placeholder="minji@shop.kr" error="이메일 주소를 확인해 주세요." maw={320} />
        <ErrorState inline trouble={{ message: '', status: 500 }} kept="입력한 내용은 그대로 있어요." onRetry={() => undefined} />
        <Title order={2}>빈 화면</Title>
        <EmptyState drawing="people" title="아직 고객이 없어요" why="파일을 가져오거나 한 명씩 추가하면 여기에 보여요." action={<Button>고객 가져오기</Button>} />
        <PageSkeleton />
      </Stack>
      <ConfirmDialog opened={asking} title="캠페인을 보낼까요?" confirm="2,000명에게 보내기" onConfirm={() => Promise.reject(new Error('x'))} onClose={() => setAsking(false)}>보낸 뒤에는 되돌릴 수 없어요.</ConfirmDialog>
    </main>
  );
}
