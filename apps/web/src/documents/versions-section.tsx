import type { DocumentRow, DocumentVersion } from '@lorekeep/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Upload } from 'lucide-react';
import { useRef } from 'react';
import { Badge } from '../kit/badge.js';
import { Button } from '../kit/button.js';
import { addressOf, call } from '../kit/call.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Notice } from '../kit/states.js';
import { Time } from '../kit/time.js';
import { useToast } from '../kit/toast.js';
import { useTexts } from '../locales/use-texts.js';
import { sendFile } from '../sources/send-file.js';
import { DocumentState } from './document-state.js';
import { DOCUMENTS, isUnderWay } from './use-documents.js';

const POLL_MS = 2_000;

/** The versions of a document, newest first, each to be opened; a new one can be uploaded. */
export function VersionsSection({ row, mayWrite }: { row: DocumentRow; mayWrite: boolean }) {
  const { t, say } = useTexts();
  const queryClient = useQueryClient();
  const versions = useQuery({
    queryKey: ['versions', row.id],
    queryFn: ({ signal }) => call('GET /api/documents/:id/versions', { params: { id: row.id }, signal }),
    refetchInterval: ({ state }) => (state.data?.rows.some(isUnderWay) ? POLL_MS : false),
  });
  const rows = versions.data?.rows ?? [];
  const reload = () => {
    for (const queryKey of [['versions'], ['document', row.id], DOCUMENTS])
      void queryClient.invalidateQueries({ queryKey });
  };
  if (rows.length < 2 && !mayWrite) return null;
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-13 font-semibold">{t('sources.versions')}</h2>
      <ul className="flex flex-col gap-1.5 text-13">
        {rows.map((version) => (
          <VersionLine key={version.id} version={version} here={version.id === row.id} />
        ))}
      </ul>
      {row.coming?.reason && (
        <Notice tone="warn">{t('sources.comingRefused', { reason: say(row.coming.reason) })}</Notice>
      )}
      {mayWrite && row.replacedBy === null && row.sourceId === null && (
        <NewVersion row={row} onSent={reload} />
      )}
    </section>
  );
}

function VersionLine({ version, here }: { version: DocumentVersion; here: boolean }) {
  const { t } = useTexts();
  const name = t('sources.version', { number: version.version });
  const current = version.replacedAt === null && version.state === 'ready';
  return (
    <li className="flex flex-wrap items-center gap-2">
      {here ? (
        <span aria-current="true" className="font-medium">
          {name}
        </span>
      ) : (
        <Link
          to="/documents/$documentId"
          params={{ documentId: version.id }}
          aria-label={t('sources.openVersion', { number: version.version })}
          className="font-medium underline underline-offset-2"
        >
          {name}
        </Link>
      )}
      {current ? (
        <Badge tone="good">{t('sources.current')}</Badge>
      ) : (
        version.state !== 'ready' && <DocumentState row={version} />
      )}
      <span className="ml-auto text-12 text-text-2">
        <Time value={version.createdAt} />
      </span>
    </li>
  );
}

function NewVersion({ row, onSent }: { row: DocumentRow; onSent: () => void }) {
  const { t } = useTexts();
  const toast = useToast();
  const line = useErrorLine();
  const file = useRef<HTMLInputElement>(null);
  const send = useMutation({
    mutationFn: (chosen: File) =>
      sendFile<{ duplicate: boolean }>(
        addressOf('POST /api/documents/:id/versions', { params: { id: row.id } }),
        chosen,
      ).done,
    onSuccess: ({ duplicate }) => {
      toast(t(duplicate ? 'sources.versionSame' : 'sources.versionSent'));
      onSent();
    },
    onError: (error) => toast(line(error)),
  });
  return (
    <>
      <Button
        className="self-start"
        icon={<Upload size={14} />}
        busy={send.isPending}
        onClick={() => file.current?.click()}
      >
        {t('sources.newVersion')}
      </Button>
      <input
        ref={file}
        type="file"
        aria-label={t('sources.newVersion')}
        className="hidden"
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          if (chosen) send.mutate(chosen);
          event.target.value = '';
        }}
      />
    </>
  );
}
