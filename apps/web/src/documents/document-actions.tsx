import type { DocumentRow } from '@lorekeep/contracts';
import { useNavigate } from '@tanstack/react-router';
import { Download, FolderInput, RotateCw, ShieldCheck, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { nameCategories } from '../firewall/name-categories.js';
import { useCategoryName } from '../firewall/use-names.js';
import { Button, IconButton } from '../kit/button.js';
import { addressOf } from '../kit/call.js';
import { Confirm } from '../kit/confirm.js';
import { useErrorLine } from '../kit/describe-error.js';
import { isolateQuotes } from '../kit/isolate-quotes.js';
import { useToast } from '../kit/toast.js';
import { Tooltip } from '../kit/tooltip.js';
import { useTexts } from '../locales/use-texts.js';
import { MoveDocument } from './move-document.js';
import { isUnderWay, useDocumentActs } from './use-documents.js';

export function DocumentActions({ row, mayWrite }: { row: DocumentRow; mayWrite: boolean }) {
  const { t, say } = useTexts();
  const toast = useToast();
  const line = useErrorLine();
  const navigate = useNavigate();
  const category = useCategoryName();
  const [asking, setAsking] = useState<'delete' | 'move' | 'release' | null>(null);
  const { retry, release, remove } = useDocumentActs(row.id, () => {
    toast(t('documents.deleted', { title: row.title }));
    void navigate({ to: '/documents' });
  });
  const said = say(row.reason ?? '', row.reasonCode);
  const reason = isolateQuotes(nameCategories(said, category, t('common.listSeparator')));
  return (
    <div className="flex shrink-0 items-center gap-1">
      <Tooltip content={t('documents.download')}>
        <a
          href={addressOf('GET /api/documents/:id/content', { params: { id: row.id } })}
          download={row.fileName}
          aria-label={t('documents.download')}
          className="inline-flex size-8 items-center justify-center rounded-md text-text-1 hover:bg-surface-2 hover:text-text-0"
        >
          <Download size={16} aria-hidden="true" />
        </a>
      </Tooltip>
      {mayWrite && row.state === 'quarantined' && (
        <Button icon={<ShieldCheck size={15} />} onClick={() => setAsking('release')}>
          {t('documents.release')}
        </Button>
      )}
      {mayWrite && !isUnderWay(row) && row.state !== 'quarantined' && (
        <IconButton
          label={t('documents.retry')}
          icon={<RotateCw size={16} />}
          disabled={retry.isPending}
          onClick={() => retry.mutate(undefined, { onError: (error) => toast(line(error)) })}
        />
      )}
      {mayWrite && row.sourceId === null && (
        <IconButton
          label={t('documents.folders.move')}
          icon={<FolderInput size={16} />}
          onClick={() => setAsking('move')}
        />
      )}
      {mayWrite && (
        <IconButton
          label={t('common.delete')}
          icon={<Trash2 size={16} />}
          onClick={() => setAsking('delete')}
        />
      )}
      {asking === 'move' && <MoveDocument row={row} onClose={() => setAsking(null)} />}
      <Confirm
        open={asking === 'delete'}
        onOpenChange={() => setAsking(null)}
        title={t('documents.deleteTitle', { title: row.title })}
        consequence={t('documents.deleteText', { count: row.passages })}
        action={t('common.delete')}
        busy={remove.isPending}
        error={remove.error ? line(remove.error) : null}
        onConfirm={() => remove.mutate()}
      />
      <Confirm
        open={asking === 'release'}
        onOpenChange={() => setAsking(null)}
        title={t('documents.releaseTitle', { title: row.title })}
        consequence={`${reason} ${t('documents.releaseText')}`.trim()}
        action={t('documents.release')}
        busy={release.isPending}
        error={release.error ? line(release.error) : null}
        onConfirm={() => release.mutate(undefined, { onSuccess: () => setAsking(null) })}
      />
    </div>
  );
}
