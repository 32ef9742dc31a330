import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { DropFile } from './DropFile';
import type { ImportDetail } from './import';
import { useCancelImport, useUploadAgain } from './queries';

/** The file is not here, or cannot be read: why, and a place for another one. */
export function UploadAgain({ detail }: { detail: ImportDetail }) {
  const { t } = useTranslation();
  const again = useUploadAgain(detail.id);
  const cancel = useCancelImport(detail.id);
  const [sent, setSent] = useState<number>();
  const send = (file: File) => {
    setSent(0);
    again.mutate({ url: detail.uploadUrl ?? '', file, onProgress: setSent }, { onSettled: () => setSent(undefined) });
  };
  const { fileProblem } = detail;
  return (
    <>
      {fileProblem ? <ErrorState inline trouble={{ message: fileProblem.code, detail: fileProblem.detail, status: 422 }} kept={t('imports.drop.unread')} /> : null}
      {again.error ? <ErrorState inline trouble={problemOf(again.error)} kept={t('imports.drop.kept')} /> : null}
      <DropFile sent={sent} onFile={send} label={fileProblem ? t('imports.drop.another') : t('imports.drop.missing')} />
      <Group justify="flex-end"><Button variant="subtle" color="gray" loading={cancel.isPending} onClick={() => cancel.mutate()}>{t('imports.cancel')}</Button></Group>
    </>
  );
}
