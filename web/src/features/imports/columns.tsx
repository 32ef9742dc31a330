import type { TFunction } from 'i18next';
import { Quantity, When } from '@/ui/figures';
import type { Column } from '@/ui/table/column';
import { Truncate } from '@/ui/Truncate';
import { kindOf, type Import } from './import';
import { StatusBadge } from './StatusBadge';

const brought = ({ created, updated }: Import['counts']): number => created + updated;

export const importColumns = (t: TFunction): readonly Column<Import>[] => [
  { id: 'fileName', header: t('imports.column.fileName'), cell: ({ fileName }) => <Truncate>{fileName}</Truncate>, width: 'wide', phone: 'title' },
  { id: 'kind', header: t('imports.column.kind'), cell: ({ kind }) => t(`imports.kind.${kindOf(kind)}`), width: 'narrow', phone: 'line' },
  { id: 'status', header: t('imports.column.status'), cell: ({ status }) => <StatusBadge status={status} />, width: 'normal', phone: 'aside' },
  { id: 'brought', header: t('imports.column.brought'), cell: ({ counts, committedAt }) => (committedAt ? <Quantity value={brought(counts)} unit="rows" /> : null), align: 'end', width: 'narrow', phone: 'line', optional: true },
  { id: 'failed', header: t('imports.column.failed'), cell: ({ counts }) => (counts.failed > 0 ? <Quantity value={counts.failed} unit="rows" /> : null), align: 'end', width: 'narrow', phone: 'hide', optional: true },
  { id: 'createdAt', header: t('imports.column.createdAt'), cell: ({ createdAt }) => <When at={createdAt} />, align: 'end', width: 'normal', phone: 'line', optional: true },
];
