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

it('moves a condition into the group beside it and keeps the focus on it', async () => {
  await draw(<Probe rule={{ all: [{ field: 'customer.gender', op: 'eq', value: 'male' }, { any: [{ segment: 'seg_1' }] }] }} />);
  await userEvent.click(screen.getAllByRole('button', { name: '조건 옮기기와 복사' })[0] as HTMLElement);
  await userEvent.click(screen.getByRole('menuitem', { name: '아래로 옮기기' }));
  expect(written()).toEqual({ all: [{ any: [{ field: 'customer.gender', op: 'eq', value: 'male' }, { segment: 'seg_1' }] }] });
  expect(screen.getAllByLabelText('항목')[0]).toHaveFocus();
});
