import { useSyncExternalStore } from 'react';
import { addressOf } from '../kit/call.js';
import { sendFile } from './send-file.js';

/** Archives on their way, by source: an upload goes on while other pages are looked at. */
interface Upload {
  /** 0 to 1 */
  readonly share: number;
  readonly abort: () => void;
}

let uploads: ReadonlyMap<string, Upload> = new Map();
const listeners = new Set<() => void>();

function change(sourceId: string, upload: Upload | null): void {
  const next = new Map(uploads);
  if (upload) next.set(sourceId, upload);
  else next.delete(sourceId);
  uploads = next;
  for (const listener of listeners) listener();
}

/** Rejects with ApiProblem or Unreachable; one that is stopped just ends. One at a time for a source. */
export async function uploadArchive(sourceId: string, file: File): Promise<void> {
  if (uploads.has(sourceId)) return;
  const address = addressOf('POST /api/admin/sources/:id/archive', { params: { id: sourceId } });
  const sending = sendFile<unknown>(address, file, (share) =>
    change(sourceId, { share, abort: sending.abort }),
  );
  change(sourceId, { share: 0, abort: sending.abort });
  try {
    await sending.done;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  } finally {
    change(sourceId, null);
  }
}

/** What of a source's archive is on its way; null: none. */
export const useArchiveUpload = (sourceId: string): Upload | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => uploads.get(sourceId) ?? null,
  );
