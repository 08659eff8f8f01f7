import type { ResponseOf } from '../kit/call.js';
import { sendForm, type Sending } from '../kit/send-form.js';

export type Uploaded = ResponseOf<'POST /api/documents'>;

/** Sends one file into a collection or one of its folders. */
export function uploadFile(
  file: File,
  { collectionId, folderId }: { collectionId: string; folderId: string | null },
  onProgress: (share: number) => void,
): Sending<Uploaded> {
  const form = new FormData();
  // The place first: the gateway decides by it before it takes the file.
  form.append('collectionId', collectionId);
  if (folderId !== null) form.append('folderId', folderId);
  form.append('file', file, file.name);
  return sendForm('/api/documents', form, onProgress);
}
