import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { draw } from '@/test/render';
import { readRule } from '../rule/read';
import { writeRule } from '../rule/write';
import { GroupCard } from './GroupCard';
import { BuilderContext, useRuleState } from './useBuilder';

const infos = [
  { path: 'customer.address.region', type: 'text', ko: '시도', en: 'Region', ops: [] },
  { path: 'customer.gender', type: 'text', ko: '성별', en: 'Gender', ops: [] },
  { path: 'score.pAlive', type: 'number', ko: '활동 확률', en: 'Probability', ops: [] },
  { path: 'customer.custom.grade', type: 'text', ko: '등급', en: 'Grade', ops: [], choices: [{ key: 'gold', label: { ko: '골드' } }, { key: 'silver', label: { ko: '실버' }, archived: true }] },
  { path: 'customer.custom.likes', type: 'tags', ko: '취향', en: 'Likes', ops: [], choices: [{ key: 'poem', label: { ko: '시' } }, { key: 'novel', label: { ko: '소설' } }] },
  { path: 'customer.custom.vip', type: 'bool', ko: '우수고객', en: 'VIP', ops: [] },
  { path: 'customer.custom.joined', type: 'date', ko: '가입일', en: 'Joined', ops: [] },
  { path: 'customer.custom.deposit', type: 'money', ko: '예치금', en: 'Deposit', ops: [], currency: 'USD' },
];

function Probe({ rule }: { rule: unknown }) {
  const state = useRuleState(readRule(rule), infos);
  return (
    <BuilderContext value={{ ...state, strict: true, selfId: undefined, excluding: new Set() }}>
      <GroupCard group={state.root} scope="customer" outermost />
      <output>{JSON.stringify(writeRule(state.root, state.typeOf))}</output>
    </BuilderContext>
  );
}
const written = () => JSON.parse(screen.getByRole('status').textContent ?? '') as unknown;

it('says who is meant without conditions, and waits for a value before it counts', async () => {
  await draw(<Probe rule={{ all: [] }} />);
  expect(screen.getByText('조건이 없어요. 지금은 모든 고객이에요.')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: '조건 더하기' }));
  await userEvent.click(screen.getByRole('menuitem', { name: '고객 정보' }));
  expect(screen.getByText('값을 채우면 세기 시작해요.')).toBeVisible();
  expect(written()).toEqual({ all: [] });
  await userEvent.type(screen.getByLabelText('값'), '부산');
  expect(written()).toEqual({ all: [{ field: 'customer.address.region', op: 'eq', value: '부산' }] });
});

it('offers the words of a field with few values, and percent for a share', async () => {
  await draw(<Probe rule={{ all: [{ field: 'customer.gender', op: 'eq', value: 'female' }, { field: 'score.pAlive', op: 'lt', value: 0.3 }] }} />);
  expect(screen.getByDisplayValue('여성')).toBeVisible();
  expect(screen.getByDisplayValue('30 %')).toBeVisible();
});

it('asks for the fields of the workspace by their type', async () => {
  await draw(<Probe rule={{ all: [{ field: 'customer.custom.vip', op: 'isEmpty' }] }} />);
  const field = () => screen.getByLabelText('항목');
  expect(field()).toHaveDisplayValue('우수고객');
  await userEvent.selectOptions(screen.getByLabelText('비교 방법'), 'eq');
  expect(written()).toEqual({ all: [{ field: 'customer.custom.vip', op: 'eq', value: true }] });
  await userEvent.selectOptions(field(), '등급');
  expect(screen.queryByRole('option', { name: /실버/ })).toBeNull();
  expect(written()).toEqual({ all: [{ field: 'customer.custom.grade', op: 'eq', value: 'gold' }] });
  await userEvent.selectOptions(field(), '예치금');
  await userEvent.type(screen.getByLabelText('값'), '12.5');
  expect(screen.getByDisplayValue('12.5 USD')).toBeVisible();
  expect(written()).toEqual({ all: [{ field: 'customer.custom.deposit', op: 'gte', value: { amount: '12.5', currency: 'USD' } }] });
  await userEvent.selectOptions(field(), '취향');
  await userEvent.selectOptions(screen.getByLabelText('비교 방법'), 'in');
  await userEvent.click(screen.getByRole('combobox', { name: '값 여러 개' }));
  await userEvent.click(screen.getByRole('option', { name: '소설' }));
  expect(written()).toEqual({ all: [{ field: 'customer.custom.likes', op: 'in', value: ['poem', 'novel'] }] });
});

it('keeps and marks what is asked for and not offered any more', async () => {
  const rule = { all: [{ field: 'customer.custom.grade', op: 'in', value: ['silver', 'bronze'] }, { field: 'customer.custom.grade', op: 'eq', value: 'bronze' }] };
  await draw(<Probe rule={rule} />);
  expect(screen.getByText('실버 (보관한 선택지)', { selector: '.mantine-Pill-label' })).toBeVisible();
  expect(screen.getByText('bronze (없어진 선택지)', { selector: '.mantine-Pill-label' })).toBeVisible();
  expect(screen.getByDisplayValue('bronze (없어진 선택지)')).toBeVisible();
  expect(written()).toEqual(rule);
});

it('a key without a field is typed, and becomes its field only when it is done', async () => {
  await draw(<Probe rule={{ all: [{ field: 'customer.custom.vi', op: 'eq', value: 'x' }] }} />);
  expect(screen.getByLabelText('항목')).toHaveDisplayValue('정해 두지 않은 값…');
  await userEvent.type(screen.getByLabelText('항목 키'), 'p');
  expect(screen.getByLabelText('항목 키')).toHaveValue('vip');
  await userEvent.tab();
  expect(screen.getByLabelText('항목')).toHaveDisplayValue('우수고객');
  expect(written()).toEqual({ all: [{ field: 'customer.custom.vip', op: 'eq', value: true }] });
});

it('moves a condition into the group beside it and keeps the focus on it', async () => {
  await draw(<Probe rule={{ all: [{ field: 'customer.gender', op: 'eq', value: 'male' }, { any: [{ segment: 'seg_1' }] }] }} />);
  await userEvent.click(screen.getAllByRole('button', { name: '조건 옮기기와 복사' })[0] as HTMLElement);
  await userEvent.click(screen.getByRole('menuitem', { name: '아래로 옮기기' }));
  expect(written()).toEqual({ all: [{ any: [{ field: 'customer.gender', op: 'eq', value: 'male' }, { segment: 'seg_1' }] }] });
  expect(screen.getAllByLabelText('항목')[0]).toHaveFocus();
});
