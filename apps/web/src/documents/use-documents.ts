import type { CollectionRow, DocumentRow } from '@lorekeep/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../kit/call.js';
import { usePages } from '../kit/use-pages.js';

export const DOCUMENTS = ['documents'];
export const COLLECTIONS = ['collections'];
/** While something is being processed. */
const POLL_MS = 2_000;

const UNDER_WAY: ReadonlySet<string> = new Set(['received', 'parsing', 'screening', 'indexing']);
export const isUnderWay = (row: Pick<DocumentRow, 'state'>) => UNDER_WAY.has(row.state);

export interface DocumentFilter {
  search: string;
  collectionId: string;
  /** Empty: the collection itself, or all of them. */
  folderId: string;
  state: DocumentRow['state'] | '';
}

export const useDocuments = ({ search, collectionId, folderId, state }: DocumentFilter) =>
  usePages<DocumentRow>(
    [...DOCUMENTS, search, collectionId, folderId, state],
    ({ limit, offset, signal }) => {
      const filters = {
        ...(search ? { search } : {}),
        ...(collectionId ? { collectionId } : {}),
        ...(folderId ? { folderId } : {}),
        // A search looks through all that is beneath.
        ...(collectionId && !search ? { within: 'directly' as const } : {}),
        ...(state ? { state } : {}),
      };
      return call('GET /api/documents', { query: { limit, offset, ...filters }, signal });
    },
    { refetchInterval: (rows) => (rows.some(isUnderWay) ? POLL_MS : false) },
  );

export const useDocument = (id: string | undefined) =>
  useQuery({
    queryKey: ['document', id],
    queryFn: ({ signal }) => call('GET /api/documents/:id', { params: { id: id ?? '' }, signal }),
    enabled: id !== undefined,
    refetchInterval: (query) => (query.state.data && isUnderWay(query.state.data) ? POLL_MS : false),
  });

export const useCollections = () =>
  useQuery<{ rows: CollectionRow[] }>({
    queryKey: COLLECTIONS,
    queryFn: ({ signal }) => call('GET /api/collections', { signal }),
  });

/** Retry, release and delete, each with the lists put right afterwards. */
export function useDocumentActs(id: string, onDeleted: () => void) {
  const queryClient = useQueryClient();
  const reload = () => {
    void queryClient.invalidateQueries({ queryKey: DOCUMENTS });
    void queryClient.invalidateQueries({ queryKey: COLLECTIONS });
  };
  const onSuccess = (row: DocumentRow) => {
    queryClient.setQueryData(['document', id], row);
    void queryClient.invalidateQueries({ queryKey: ['passages', id] });
    reload();
  };
  const retry = useMutation({
    mutationFn: () => call('POST /api/documents/:id/retry', { params: { id } }),
    onSuccess,
  });
  const release = useMutation({
    mutationFn: () => call('POST /api/documents/:id/release', { params: { id } }),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: () => call('DELETE /api/documents/:id', { params: { id } }),
    onSuccess: () => {
      queryClient.removeQueries({ queryKey: ['passages', id] });
      reload();
      onDeleted();
    },
  });
  return { retry, release, remove };
}
