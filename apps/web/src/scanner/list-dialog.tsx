import type { WordListRow } from '@lorekeep/contracts';
import { useState } from 'react';
import { Badge } from '../kit/badge.js';
import { Button } from '../kit/button.js';
import { Confirm } from '../kit/confirm.js';
import { Dialog } from '../kit/dialog.js';
import { useFormats } from '../kit/format.js';
import { ErrorState, Loading, Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { InForce } from './in-force.js';
import { ListPreview } from './list-preview.js';
import { ListProgress } from './list-progress.js';
import { ListReport } from './list-report.js';
import { LIST_TONES } from './list-tones.js';
import { useScannerNames } from './use-scanner-names.js';
import { isBusy, useListActs, useWordList, type ListAct } from './use-word-lists.js';

const FAILURES = ['EMPTY', 'TOO_MANY_WORDS', 'TOO_LARGE', 'ENCODING', 'UPLOAD_LOST', 'FAILED'] as const;

/** What a file holds, what it would have hit, and the decision. */
export function ListDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTexts();
  const list = useWordList(id);
  const { act, remove } = useListActs();
  const [deleting, setDeleting] = useState(false);
  const row = list.data;
  if (row && deleting)
    return (
      <Confirm
        open
        onOpenChange={() => setDeleting(false)}
        title={t('scanner.lists.deleteTitle', { name: row.name })}
        consequence={t('scanner.lists.deleteText')}
        action={t('common.delete')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate(row, { onSuccess: onClose })}
      />
    );
  return (
    <Dialog
      open
      wide
      onOpenChange={onClose}
      title={row?.name ?? t('admin.sections.word-lists')}
      footer={
        row && (
          <Acts
            row={row}
            busy={act.isPending}
            onAct={(what) => act.mutate({ row, what })}
            onDelete={() => setDeleting(true)}
          />
        )
      }
    >
      {list.isPending && <Loading lines={6} />}
      {list.isError && !row && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {row && <Content row={row} />}
    </Dialog>
  );
}

function Content({ row }: { row: WordListRow }) {
  const { t } = useTexts();
  const names = useScannerNames();
  const formats = useFormats();
  const broad = row.report?.problems['broad'] ?? 0;
  const failure = FAILURES.find((each) => row.failure === `SCANNER_LIST_${each}`);
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-13 text-text-2">
        <Badge tone={LIST_TONES[row.state]}>{t(`scanner.lists.states.${row.state}`)}</Badge>
        <span>
          {names.category(row.category)} · {t(`admin.words.actions.${row.action}`)} · {row.fileName}
        </span>
      </p>
      <InForce category={row.category} action={row.action} />
      {isBusy(row) && <ListProgress row={row} />}
      {row.state === 'preview' && !row.previewing && <Notice>{t('scanner.lists.notYet')}</Notice>}
      {(row.state === 'preview' || row.state === 'undone') && broad > 0 && (
        <Notice tone="warn">
          {t('scanner.lists.broadInside', { count: broad, words: formats.number(broad) })}
        </Notice>
      )}
      {row.state === 'failed' && (
        <Notice tone="bad">{t(`scanner.lists.failures.${failure ?? 'FAILED'}`)}</Notice>
      )}
      {row.report && row.report.lines > 0 && <ListReport report={row.report} />}
      {row.preview && <ListPreview preview={row.preview} />}
    </>
  );
}

function Acts(props: {
  row: WordListRow;
  busy: boolean;
  onAct: (what: ListAct) => void;
  onDelete: () => void;
}) {
  const { t } = useTexts();
  const { row, busy, onAct } = props;
  const settled = row.state === 'preview' || row.state === 'active' || row.state === 'undone';
  return (
    <>
      {row.state === 'checking' && (
        <Button busy={busy} onClick={() => onAct('cancel')}>
          {t('common.cancel')}
        </Button>
      )}
      {row.state !== 'checking' && row.state !== 'active' && (
        <Button onClick={props.onDelete}>{t('common.delete')}</Button>
      )}
      {settled && (
        <Button busy={busy || row.previewing} onClick={() => onAct('preview')}>
          {t('scanner.lists.previewAgain')}
        </Button>
      )}
      {row.state === 'active' && (
        <Button busy={busy} onClick={() => onAct('undo')}>
          {t('scanner.lists.undo')}
        </Button>
      )}
      {(row.state === 'preview' || row.state === 'undone') && (
        <Button tone="primary" busy={busy} onClick={() => onAct('confirm')}>
          {t('scanner.lists.confirm')}
        </Button>
      )}
    </>
  );
}
