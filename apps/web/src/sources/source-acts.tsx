import type { SourceRow } from '@lorekeep/contracts';
import { CircleStop, EllipsisVertical, RefreshCw } from 'lucide-react';
import { useRef } from 'react';
import { IconButton } from '../kit/button.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Menu, type MenuEntry } from '../kit/menu.js';
import { useToast } from '../kit/toast.js';
import { useTexts } from '../locales/use-texts.js';
import { uploadArchive, useArchiveUpload } from './archive-uploads.js';
import { isRunning, useSourceActs } from './use-sources.js';

export interface Asking {
  readonly id: string;
  readonly what: 'edit' | 'files' | 'delete' | 'decide';
}

/** Sync or cancel at hand, everything else in a menu. */
export function SourceActs({ row, ask }: { row: SourceRow; ask: (asking: Asking) => void }) {
  const { t } = useTexts();
  const toast = useToast();
  const line = useErrorLine();
  const { act, reload } = useSourceActs();
  const file = useRef<HTMLInputElement>(null);
  const running = isRunning(row);
  const sending = useArchiveUpload(row.id);
  const begin = () => {
    if (row.kind === 'archive' && !row.archive) file.current?.click();
    else if (row.lastRun?.state === 'stopped') ask({ id: row.id, what: 'decide' });
    else act.mutate({ row, what: 'sync' });
  };
  const upload = (chosen: File | undefined) => {
    if (!chosen) return;
    void uploadArchive(row.id, chosen).then(reload, (error: unknown) => toast(line(error)));
  };
  const entries: MenuEntry[] = [
    { kind: 'item', text: t('sources.showFiles'), onSelect: () => ask({ id: row.id, what: 'files' }) },
    { kind: 'item', text: t('sources.edit'), onSelect: () => ask({ id: row.id, what: 'edit' }) },
    ...(row.kind === 'archive'
      ? [{ kind: 'item' as const, text: t('sources.upload'), onSelect: () => file.current?.click() }]
      : []),
    { kind: 'item', text: t('sources.retry'), onSelect: () => act.mutate({ row, what: 'retry' }) },
    row.state === 'paused'
      ? { kind: 'item', text: t('sources.resume'), onSelect: () => act.mutate({ row, what: 'resume' }) }
      : { kind: 'item', text: t('sources.pause'), onSelect: () => act.mutate({ row, what: 'pause' }) },
    { kind: 'line' },
    {
      kind: 'item',
      danger: true,
      text: t('common.delete'),
      onSelect: () => ask({ id: row.id, what: 'delete' }),
    },
  ];
  if (row.state === 'removing') return null;
  return (
    <span className="inline-flex">
      {sending ? (
        <IconButton
          label={t('sources.stopUpload', { name: row.name })}
          icon={<CircleStop size={16} />}
          onClick={sending.abort}
        />
      ) : running ? (
        <IconButton
          label={t('sources.cancelOf', { name: row.name })}
          icon={<CircleStop size={16} />}
          onClick={() => act.mutate({ row, what: 'cancel' })}
        />
      ) : (
        <IconButton
          label={t('sources.syncOf', { name: row.name })}
          icon={<RefreshCw size={16} />}
          disabled={act.isPending}
          onClick={begin}
        />
      )}
      <Menu
        label={t('sources.actionsOf', { name: row.name })}
        align="end"
        entries={entries}
        trigger={
          <IconButton
            label={t('sources.actionsOf', { name: row.name })}
            tooltip={false}
            icon={<EllipsisVertical size={16} />}
          />
        }
      />
      <input
        ref={file}
        type="file"
        accept=".zip,application/zip"
        aria-label={t('sources.upload')}
        className="hidden"
        onChange={(event) => {
          upload(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
    </span>
  );
}
