import type { ResponseOf } from '../kit/call.js';
import { PAGE_HEADER } from '../kit/call.js';
import { problemOf, Unreachable } from '../kit/problem.js';
import { reportSignedOut } from '../kit/session-signal.js';

export type Uploaded = ResponseOf<'POST /api/documents'>;

interface Upload {
  /** Rejects with ApiProblem, Unreachable, or an AbortError. */
  done: Promise<Uploaded>;
  abort: () => void;
}

/** Sends one file; `onProgress` gets the share that has left, 0 to 1. Fetch cannot tell that, hence XMLHttpRequest. */
export function uploadFile(
  file: File,
  { collectionId, folderId }: { collectionId: string; folderId: string | null },
  onProgress: (share: number) => void,
): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<Uploaded>((resolve, reject) => {
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status === 401) reportSignedOut();
      if (request.status < 200 || request.status >= 300) {
        reject(problemOf(request.status, request.responseText));
        return;
      }
      try {
        resolve(JSON.parse(request.responseText) as Uploaded);
      } catch (error) {
        reject(new Unreachable(error));
      }
    };
    request.onerror = () => reject(new Unreachable());
    request.onabort = () => reject(new DOMException('stopped', 'AbortError'));
  });
  const form = new FormData();
  // The place first: the gateway decides by it before it takes the file.
  form.append('collectionId', collectionId);
  if (folderId !== null) form.append('folderId', folderId);
  form.append('file', file, file.name);
  request.open('POST', '/api/documents');
  for (const [name, value] of Object.entries(PAGE_HEADER)) request.setRequestHeader(name, value);
  request.send(form);
  return { done, abort: () => request.abort() };
}
