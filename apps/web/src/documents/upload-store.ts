import { useSyncExternalStore } from 'react';
import { uploadFile, type Uploaded } from './upload-file.js';

export interface UploadEntry {
  readonly id: number;
  readonly file: File;
  readonly collectionId: string;
  readonly folderId: string | null;
  state: 'waiting' | 'sending' | 'done' | 'duplicate' | 'failed';
  /** Once the gateway has it: what became of it is followed from here. */
  document: Uploaded | null;
  /** 0 to 1 */
  progress: number;
  error: unknown;
}

/** More at once would only take each other's bandwidth. */
const AT_ONCE = 2;

let entries: readonly UploadEntry[] = [];
let count = 0;
const aborts = new Map<number, () => void>();
const listeners = new Set<() => void>();
let onUploaded: (document: Uploaded) => void = () => undefined;

function publish(next: readonly UploadEntry[]): void {
  entries = next;
  for (const listener of listeners) listener();
}
function change(id: number, part: Partial<UploadEntry>): void {
  publish(entries.map((entry) => (entry.id === id ? { ...entry, ...part } : entry)));
}

function startNext(): void {
  const sending = entries.filter((entry) => entry.state === 'sending').length;
  const next = entries.find((entry) => entry.state === 'waiting');
  if (!next || sending >= AT_ONCE) return;
  change(next.id, { state: 'sending', progress: 0, error: null });
  const upload = uploadFile(next.file, next, (progress) => change(next.id, { progress }));
  aborts.set(next.id, upload.abort);
  upload.done
    .then(
      (document) => {
        change(next.id, { state: document.duplicate ? 'duplicate' : 'done', progress: 1, document });
        onUploaded(document);
      },
      (error: unknown) => {
        if (error instanceof DOMException) dismissUpload(next.id);
        else change(next.id, { state: 'failed', error });
      },
    )
    .finally(() => {
      aborts.delete(next.id);
      startNext();
    });
  startNext();
}

export function addUploads(files: readonly File[], collectionId: string, folderId: string | null): void {
  const added = files.map((file): UploadEntry => ({
    id: ++count,
    file,
    collectionId,
    folderId,
    state: 'waiting',
    progress: 0,
    error: null,
    document: null,
  }));
  publish([...entries, ...added]);
  startNext();
}

export function retryUpload(id: number): void {
  change(id, { state: 'waiting' });
  startNext();
}

/** Stops it where it is under way, and forgets it. */
export function dismissUpload(id: number): void {
  const abort = aborts.get(id);
  publish(entries.filter((entry) => entry.id !== id));
  abort?.();
}

export const dismissFinished = () =>
  publish(entries.filter((entry) => entry.state === 'waiting' || entry.state === 'sending'));

/** Called for each document that the gateway has taken. */
export function whenUploaded(run: (document: Uploaded) => void): void {
  onUploaded = run;
}

export const useUploads = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => entries,
  );
