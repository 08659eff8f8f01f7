import { CircleAlert, CircleCheck, LoaderCircle, RotateCw, TriangleAlert, X } from 'lucide-react';
import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Button, IconButton } from '../kit/button.js';
import { classNames } from '../kit/class-names.js';
import { useErrorLine } from '../kit/describe-error.js';
import { useFormats } from '../kit/format.js';
import { useTexts } from '../locales/use-texts.js';
import { DOCUMENTS, isUnderWay, useDocument } from './use-documents.js';
import type { Uploaded } from './upload-file.js';
import { dismissFinished, dismissUpload, retryUpload, useUploads, type UploadEntry } from './upload-store.js';

/** Each file on its way, with its progress; what failed stays, with the reason. */
export function UploadList() {
  const { t } = useTexts();
  const uploads = useUploads();
  if (uploads.length === 0) return null;
  const finished = uploads.some((entry) => entry.state !== 'waiting' && entry.state !== 'sending');
  return (
    <section aria-label={t('documents.uploads')} className="rounded-md border">
      <header className="flex items-center justify-between border-b bg-surface-1 py-1 pr-1 pl-3">
        <h2 className="text-12 font-medium text-text-2">{t('documents.uploads')}</h2>
        <Button tone="quiet" className="h-7" disabled={!finished} onClick={dismissFinished}>
          {t('documents.clearFinished')}
        </Button>
      </header>
      <ul className="scroller max-h-56 divide-y">
        {uploads.map((entry) => (
          <UploadRow key={entry.id} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

type Followed = Pick<Uploaded, 'state' | 'reason' | 'reasonCode' | 'notes'>;

/** The document that became of it, until it is ready or refused; null where it is not to be seen. */
function useFollowed(entry: UploadEntry): Followed | null {
  const queryClient = useQueryClient();
  const taken = entry.state === 'done' ? entry.document : null;
  const { data, isError } = useDocument(taken?.id);
  const state = data?.state;
  useEffect(() => {
    if (state !== undefined) void queryClient.invalidateQueries({ queryKey: DOCUMENTS });
  }, [queryClient, state]);
  return data ?? (isError ? null : taken);
}

type Fate = 'sending' | 'under-way' | 'good' | 'warn' | 'bad';
const FATE_COLOURS: Record<Fate, string> = {
  sending: 'text-text-2',
  'under-way': 'text-text-2',
  good: 'text-text-2',
  warn: 'text-warn',
  bad: 'text-bad',
};

function fateOf(entry: UploadEntry, document: Pick<Uploaded, 'state'> | null): Fate {
  if (entry.state === 'failed') return 'bad';
  if (entry.state === 'waiting' || entry.state === 'sending') return 'sending';
  if (entry.state === 'duplicate' || document === null) return 'good';
  if (isUnderWay(document)) return 'under-way';
  return document.state === 'ready' ? 'good' : document.state === 'quarantined' ? 'warn' : 'bad';
}

function UploadRow({ entry }: { entry: UploadEntry }) {
  const { t, say } = useTexts();
  const formats = useFormats();
  const line = useErrorLine();
  const percent = Math.round(entry.progress * 100);
  const document = useFollowed(entry);
  const fate = fateOf(entry, document);
  const becameOf = ({ reason, reasonCode, state, notes }: Followed): string =>
    reason
      ? say(reason, reasonCode)
      : [t(`documents.states.${state}`), ...notes.slice(0, 1).map((note) => say(note))].join(' · ');
  const state = {
    waiting: t('documents.upload.waiting'),
    sending: percent >= 100 ? t('documents.upload.checking') : `${percent} %`,
    done: document ? becameOf(document) : t('documents.upload.done'),
    duplicate: t('documents.upload.duplicate'),
    failed: line(entry.error),
  }[entry.state];
  return (
    <li className="flex min-h-11 items-center gap-3 py-1.5 pr-1 pl-3 text-13">
      <span className="w-4 shrink-0" aria-hidden="true">
        {fate === 'bad' && <CircleAlert size={15} className="text-bad" />}
        {fate === 'warn' && <TriangleAlert size={15} className="text-warn" />}
        {fate === 'good' && <CircleCheck size={15} className="text-good" />}
        {fate === 'under-way' && <LoaderCircle size={15} className="animate-spin text-text-2" />}
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className="truncate font-medium">{entry.file.name}</span>
          <span className="shrink-0 text-12 text-text-2 tabular-nums">{formats.bytes(entry.file.size)}</span>
        </span>
        {entry.state === 'sending' || entry.state === 'waiting' ? (
          <span
            role="progressbar"
            aria-label={entry.file.name}
            aria-valuenow={percent}
            aria-valuemin={0}
            aria-valuemax={100}
            className="mt-1 block h-1 overflow-hidden rounded-full bg-surface-2"
          >
            <span className="block h-full bg-accent" style={{ width: `${percent}%` }} />
          </span>
        ) : (
          <span role="status" className={classNames('block', FATE_COLOURS[fate])}>
            {state}
          </span>
        )}
      </span>
      {(entry.state === 'sending' || entry.state === 'waiting') && (
        <span className="w-20 text-right text-12 text-text-2 tabular-nums">{state}</span>
      )}
      {entry.state === 'failed' && (
        <IconButton
          label={t('common.retry')}
          icon={<RotateCw size={14} />}
          onClick={() => retryUpload(entry.id)}
        />
      )}
      <IconButton
        label={entry.state === 'sending' ? t('documents.upload.cancel') : t('common.close')}
        icon={<X size={15} />}
        onClick={() => dismissUpload(entry.id)}
      />
    </li>
  );
}
