import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { EmptyState } from '@/ui/EmptyState';
import { Money, When } from '@/ui/figures';
import { FilterChips } from '@/ui/FilterChips';
import { ListPage } from '@/ui/ListPage';
import { panelOutlet } from '@/ui/panelOutlet';
import { SidePanel } from '@/ui/SidePanel';
import { StateBadge } from '@/ui/StateBadge';
import { BulkBar } from '@/ui/table/BulkBar';
import type { Column } from '@/ui/table/column';
import { DataTable } from '@/ui/table/DataTable';
import { useSelection } from '@/ui/table/useSelection';
import { Truncate } from '@/ui/Truncate';
import { useUrlState } from '@/ui/useUrlState';
import { ViewTabs } from '@/ui/ViewTabs';
import { people, type Person } from './people';

const columns: readonly Column<Person>[] = [
  { id: 'name', header: '이름', cell: ({ name }) => <Truncate>{name}</Truncate>, sort: 'name', width: 'wide', phone: 'title' },
  { id: 'stage', header: '단계', cell: ({ loyal }) => <StateBadge tone={loyal ? 'good' : 'neutral'}>{loyal ? '단골' : '구매'}</StateBadge>, phone: 'aside', optional: true },
  { id: 'email', header: '이메일', cell: ({ email }) => <Truncate>{email}</Truncate>, width: 'wide', optional: true },
  { id: 'revenue', header: '매출', cell: ({ revenue }) => <Money value={{ amount: String(revenue), currency: 'KRW' }} />, align: 'end', sort: 'revenue', optional: true },
  { id: 'seen', header: '마지막 주문', cell: ({ seen }) => <When at={seen} />, align: 'end', sort: 'lastOrderAt', phone: 'line', optional: true },
];
const defaults = { open: '', sort: '-revenue', rows: 'some' };

export function GalleryList() {
  const [url, setUrl] = useUrlState(defaults);
  const order = useMemo(() => people.map(({ id }) => id), []);
  const selection = useSelection(order);
  const at = order.indexOf(url.open);
  const open = people[at];
  const step = (by: number) => { const next = people[at + by]; return next ? () => setUrl({ open: next.id }, { replace: true }) : undefined; };
  const rows = url.rows === 'loading' ? undefined : url.rows === 'none' ? [] : people;
  return (
    <div style={{ display: 'flex', height: '100dvh' }}>
      <main style={{ flex: 1, minWidth: 0, padding: 16, overflow: 'auto' }}>
        <ListPage
          title="고객" count={12345} action={<Button>고객 추가하기</Button>}
          views={<ViewTabs label="보기" views={[{ id: 'all', name: '모든 고객' }, { id: 'vip', name: '단골' }]} value="all" onChange={() => undefined} />}
          bulk={<BulkBar selection={selection} loaded={people.length} total={12345}><Button size="compact-sm" variant="default">태그 달기</Button></BulkBar>}
          panel={open ? <SidePanel title={open.name} recordId={open.id} onClose={() => setUrl({ open: '' })} onPrevious={step(-1)} onNext={step(1)}><p>{open.email}</p></SidePanel> : null}
        >
          <DataTable id="gallery" label="고객" columns={columns} rows={rows} rowId={({ id }) => id} rowName={({ name }) => name} total={12345}
            openId={url.open} onOpen={(row) => setUrl({ open: row?.id ?? '' })} sort={url.sort} onSort={(sort) => setUrl({ sort })} selection={selection}
            filters={<FilterChips chips={[{ id: 'a', words: '지역이 부산 또는 대구', onRemove: () => undefined }]} />}
            trouble={url.rows === 'error' ? { message: '', status: 500 } : null} onRetry={() => setUrl({ rows: 'some' })}
            empty={<EmptyState drawing="people" title="아직 고객이 없어요" why="파일을 가져오거나 한 명씩 추가하면 여기에 보여요." action={<Button variant="default">고객 가져오기</Button>} />}
            more={{ has: true, loading: false, load: () => undefined }} />
        </ListPage>
      </main>
      <div id={panelOutlet} />
    </div>
  );
}
