import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { useRemoveSample } from './queries';

/** In a chunk of its own: nobody's first page should wait for a dialog. */
export default function RemoveSample({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const remove = useRemoveSample();
  return <ConfirmDialog opened danger title={t('sample.title')} confirm={t('sample.confirm')} onConfirm={() => remove.mutateAsync()} onClose={onClose}>{t('sample.why')}</ConfirmDialog>;
}
