import type { FolderRow } from '@lorekeep/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../kit/call.js';
import { COLLECTIONS, DOCUMENTS } from './use-documents.js';

const FOLDERS = ['folders'];

/** What a caller may know of the folders of a collection; where nothing is, the gateway says that there is no such collection. */
export const useFolders = (collectionId: string) =>
  useQuery({
    queryKey: [...FOLDERS, collectionId],
    queryFn: ({ signal }) =>
      call('GET /api/collections/:id/folders', { params: { id: collectionId }, signal }),
    enabled: collectionId !== '',
    retry: false,
  });

/** From the collection down to the folder itself; empty for the collection, or a folder that is gone. */
export function pathOf(rows: readonly FolderRow[], folderId: string): FolderRow[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const path: FolderRow[] = [];
  for (let at = byId.get(folderId); at; at = at.parentId === null ? undefined : byId.get(at.parentId)) {
    path.unshift(at);
  }
  return path;
}

/** Itself and all beneath, where it cannot be moved to. */
export const isBeneath = (rows: readonly FolderRow[], row: FolderRow, folderId: string) =>
  pathOf(rows, row.id).some((each) => each.id === folderId);

/** Every change of folders, with the lists put right afterwards. */
export function useFolderActs(collectionId: string, onDone: () => void) {
  const queryClient = useQueryClient();
  const onSuccess = () => {
    for (const queryKey of [FOLDERS, DOCUMENTS, COLLECTIONS, ['document'], ['explain'], ['readers']])
      void queryClient.invalidateQueries({ queryKey });
    onDone();
  };
  // What was shown is not what is there: the right numbers are fetched with the refusal.
  const onError = () => void queryClient.invalidateQueries({ queryKey: FOLDERS });
  const create = useMutation({
    mutationFn: ({ name, parentId }: { name: string; parentId: string | null }) =>
      call('POST /api/folders', { body: { collectionId, parentId, name } }),
    onSuccess,
  });
  const update = useMutation({
    mutationFn: ({ id, ...body }: { id: string; name?: string; parentId?: string | null }) =>
      call('PATCH /api/folders/:id', { params: { id }, body }),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: ({ id, documents }: { id: string; documents: number }) =>
      call('DELETE /api/folders/:id', { params: { id }, query: { documents } }),
    onSuccess,
    onError,
  });
  const move = useMutation({
    mutationFn: (body: { documentIds: string[]; collectionId: string; folderId: string | null }) =>
      call('POST /api/documents/move', { body }),
    onSuccess,
  });
  return { create, update, remove, move };
}
