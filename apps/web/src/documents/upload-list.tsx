import { CircleAlert, CircleCheck, RotateCw, X } from 'lucide-react';
import { Button, IconButton } from '../kit/button.js';
import { useErrorLine } from '../kit/describe-error.js';
import { useFormats } from '../kit/format.js';
import { useTexts } from '../locales/use-texts.js';
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

function UploadRow({ entry }: { entry: UploadEntry }) {
  const { t } = useTexts();
  const formats = useFormats();
  const line = useErrorLine();
  const percent = Math.round(entry.progress * 100);
  const state = {
    waiting: t('documents.upload.waiting'),
    sending: percent >= 100 ? t('documents.upload.checking') : `${percent} %`,
    done: t('documents.upload.done'),
    duplicate: t('documents.upload.duplicate'),
    failed: line(entry.error),
  }[entry.state];
  return (
    <li className="flex min-h-11 items-center gap-3 py-1.5 pr-1 pl-3 text-13">
      <span className="w-4 shrink-0" aria-hidden="true">
        {entry.state === 'failed' && <CircleAlert size={15} className="text-bad" />}
        {(entry.state === 'done' || entry.state === 'duplicate') && (
          <CircleCheck size={15} className="text-good" />
        )}
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
          <span className={entry.state === 'failed' ? 'block text-bad' : 'block text-text-2'}>{state}</span>
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
