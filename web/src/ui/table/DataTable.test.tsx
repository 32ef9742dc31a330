import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { draw } from '@/test/render';
import { BulkBar } from './BulkBar';
import type { Column } from './column';
import { DataTable, type DataTableProps } from './DataTable';
import { useSelection } from './useSelection';

interface Row { id: string; name: string; orders: number }
const rows: Row[] = ['민지', '서준', '하은', '도윤'].map((name, i) => ({ id: `r${i}`, name, orders: i }));
const order = rows.map(({ id }) => id);
const columns: Column<Row>[] = [
  { id: 'name', header: '이름', cell: ({ name }) => name, sort: 'name' },
  { id: 'orders', header: '주문', cell: ({ orders }) => orders, align: 'end', sort: 'orders', optional: true },
];

function List(props: Partial<DataTableProps<Row>>) {
  const selection = useSelection(order);
  return (
    <>
      <DataTable id="test" label="고객" columns={columns} rows={rows} rowId={({ id }) => id} rowName={({ name }) => name} onOpen={() => undefined} selection={selection} empty={<p>비었어요</p>} {...props} />
      <BulkBar selection={selection} loaded={rows.length} total={9000}>{null}</BulkBar>
    </>
  );
}
const row = (name: string) => screen.getByRole('row', { name: new RegExp(name) });

describe('DataTable', () => {
  it('opens with Enter the row the arrows led to', async () => {
    const onOpen = vi.fn();
    await draw(<List onOpen={onOpen} />);
    row('민지').focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(rows[2]);
  });

  it('has one tab stop among its rows', async () => {
    await draw(<List />);
    expect(screen.getAllByRole('row').filter((each) => each.tabIndex === 0)).toEqual([row('민지')]);
  });

  it('selects with Space, extends with Shift and arrows, offers all in the view, clears with Esc', async () => {
    await draw(<List />);
    row('민지').focus();
    await userEvent.keyboard(' {Shift>}{ArrowDown}{ArrowDown}{ArrowDown}{/Shift}');
    expect(screen.getByText('4개 선택함')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: '이 보기의 9,000개 모두 선택' }));
    expect(screen.getByText('9,000개 선택함')).toBeVisible();
    row('민지').focus();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('region')).toBeNull();
  });

  it('sorts up, then down', async () => {
    const onSort = vi.fn();
    await draw(<List sort="name" onSort={onSort} />);
    await userEvent.click(screen.getByRole('button', { name: '이름' }));
    expect(onSort).toHaveBeenCalledWith('-name');
    expect(screen.getByRole('columnheader', { name: '이름' })).toHaveAttribute('aria-sort', 'ascending');
  });

  it('keeps its rows when a reload fails, and says so', async () => {
    const onRetry = vi.fn();
    await draw(<List trouble={{ message: '', status: 500 }} onRetry={onRetry} />);
    expect(within(screen.getByRole('alert')).getByText('이미 불러온 목록은 그대로 볼 수 있어요.')).toBeVisible();
    expect(row('민지')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: '다시 시도' }));
    expect(onRetry).toHaveBeenCalledOnce();
  });

  it('is busy while it loads and says why when it is empty', async () => {
    const { unmount } = await draw(<List rows={undefined} />);
    expect(screen.getByRole('grid')).toHaveAttribute('aria-busy', 'true');
    unmount();
    await draw(<List rows={[]} />);
    expect(screen.getByText('비었어요')).toBeVisible();
  });
});
