import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Badge } from '../kit/badge.js';
import { Button } from '../kit/button.js';
import { call, type ResponseOf } from '../kit/call.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Notice, Skeleton } from '../kit/states.js';
import { useToast } from '../kit/toast.js';
import { useTexts } from '../locales/use-texts.js';
import { ReadersDialog } from './readers-dialog.js';

export type Readers = ResponseOf<'GET /api/documents/:id/readers'>;
export type Reader = Readers['readers'][number];
export type ReadersOf = 'documents' | 'folders' | 'collections';

export const useReaders = (kind: ReadersOf, id: string) =>
  useQuery<Readers>({
    queryKey: ['readers', kind, id],
    queryFn: ({ signal }) =>
      kind === 'documents'
        ? call('GET /api/documents/:id/readers', { params: { id }, signal })
        : kind === 'folders'
          ? call('GET /api/folders/:id/readers', { params: { id }, signal })
          : call('GET /api/collections/:id/readers', { params: { id }, signal }),
  });

export function useSetReaders(kind: ReadersOf, id: string, onDone: () => void) {
  const { t } = useTexts();
  const toast = useToast();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (readers: readonly Reader[]) => {
      const body = { readers: readers.map(({ principal, effect }) => ({ principal, effect })) };
      return kind === 'documents'
        ? call('PUT /api/documents/:id/readers', { params: { id }, body })
        : kind === 'folders'
          ? call('PUT /api/folders/:id/readers', { params: { id }, body })
          : call('PUT /api/collections/:id/readers', { params: { id }, body });
    },
    onSuccess: (next) => {
      queryClient.setQueryData(['readers', kind, id], next);
      // What lies in it inherits.
      void queryClient.invalidateQueries({ queryKey: ['readers'] });
      void queryClient.invalidateQueries({ queryKey: ['folders'] });
      void queryClient.invalidateQueries({ queryKey: ['explain'] });
      toast(t('documents.readers.saved'));
      onDone();
    },
  });
}

/** Who may read a document, and whether that is its own rule or its collection's. */
export function ReadersSection({ kind, id }: { kind: ReadersOf; id: string }) {
  const { t } = useTexts();
  const line = useErrorLine();
  const [editing, setEditing] = useState(false);
  const readers = useReaders(kind, id);
  const own = readers.data?.readers ?? [];
  return (
    <section aria-labelledby="readers-title">
      <div className="mb-2 flex items-center justify-between">
        <h2 id="readers-title" className="text-13 font-semibold">
          {t('documents.readers.title')}
        </h2>
        <Button tone="quiet" className="-mr-2 h-7" disabled={!readers.data} onClick={() => setEditing(true)}>
          {t('common.edit')}
        </Button>
      </div>
      {readers.isPending && <Skeleton lines={2} />}
      {readers.isError && <Notice tone="bad">{line(readers.error)}</Notice>}
      {readers.data && (
        <>
          <ReaderList readers={inForce(own, readers.data.inherited)} />
          <p className="mt-2 text-12 text-text-2">
            {t(
              own.length === 0
                ? 'documents.readers.inherited'
                : kind === 'folders'
                  ? 'documents.readers.ownFolder'
                  : 'documents.readers.own',
            )}
          </p>
        </>
      )}
      {editing && readers.data && (
        <ReadersDialog kind={kind} id={id} readers={readers.data} onClose={() => setEditing(false)} />
      )}
    </section>
  );
}

/** Its own; what it inherits where it allows nobody; and always what is denied above it. */
function inForce(own: readonly Reader[], inherited: readonly Reader[]): Reader[] {
  const allows = own.some(({ effect }) => effect === 'allow');
  const above = inherited.filter(
    (reader) => (reader.effect === 'deny' || !allows) && !own.some((each) => sameReader(each, reader)),
  );
  return [...own, ...above];
}

const sameReader = (a: Reader, b: Reader) => a.principal === b.principal && a.effect === b.effect;

export function ReaderList({ readers }: { readers: readonly Reader[] }) {
  const { t } = useTexts();
  if (readers.length === 0) return <p className="text-13 text-text-1">{t('documents.readers.nobody')}</p>;
  return (
    <ul className="flex flex-col gap-1 text-13">
      {readers.map((reader) => (
        <li key={`${reader.principal} ${reader.effect}`} className="flex items-center justify-between gap-2">
          <span className="truncate">{readerName(reader, t('documents.readers.everyone'))}</span>
          <EffectBadge effect={reader.effect} />
        </li>
      ))}
    </ul>
  );
}

export function EffectBadge({ effect }: { effect: Reader['effect'] }) {
  const { t } = useTexts();
  return <Badge tone={effect === 'allow' ? 'good' : 'bad'}>{t(`documents.readers.${effect}`)}</Badge>;
}

/** "Everyone" in the language of the page; anybody else by name. */
export const readerName = (reader: Pick<Reader, 'principal' | 'name'>, everyone: string) =>
  reader.principal === 'everyone' ? everyone : reader.name;
