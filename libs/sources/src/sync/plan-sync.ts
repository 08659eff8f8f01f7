import type { FoundFile } from '../read/source-reader.js';
import type { StoredItem } from '../store/rows.js';
import type { Listing } from './list-source.js';

export interface PlannedFile {
  readonly path: string;
  readonly file: FoundFile;
  /** What the last sync saw at this path. */
  readonly before: StoredItem | null;
}

export interface SyncPlan {
  /** New ones first: what has moved finds its document before its old place gets another. */
  readonly toRead: readonly PlannedFile[];
  readonly unchanged: number;
  /** Paths that are there no longer. */
  readonly gone: readonly StoredItem[];
}

/** Depends on a rule that may have changed, and is told without reading. */
const LOOKED_AT_AGAIN = new Set(['FILE_TOO_LARGE', 'FILE_UNSUPPORTED', 'FILE_PATH_INVALID', 'FILE_LINK']);

/** What a sync has to do. `runId`: what this run did before it was interrupted counts as done, not as unchanged. */
export function planSync(items: readonly StoredItem[], listing: Listing, runId: string): SyncPlan {
  const known = new Map(items.map((item) => [item.path, item]));
  const fresh: PlannedFile[] = [];
  const changed: PlannedFile[] = [];
  let unchanged = 0;
  for (const [path, file] of listing.files) {
    const before = known.get(path) ?? null;
    if (!before) fresh.push({ path, file, before });
    else if (!isSettled(before, file)) changed.push({ path, file, before });
    else if (before.runId !== runId) unchanged++;
  }
  const kept = unreadable(listing);
  const gone = items.filter(
    ({ path }) =>
      !listing.files.has(path) &&
      !listing.problems.has(path) &&
      !kept.some((folder) => path.startsWith(folder)),
  );
  return { toRead: [...fresh, ...changed], unchanged, gone };
}

const isSettled = (before: StoredItem, file: FoundFile): boolean =>
  before.fingerprint === file.fingerprint &&
  (before.state === 'taken' || (before.state === 'skipped' && !LOOKED_AT_AGAIN.has(before.reasonCode ?? '')));

const unreadable = ({ problems }: Listing): string[] =>
  [...problems].filter(([, code]) => code === 'FILE_UNREADABLE').map(([path]) => `${path}/`);

/** Deletions that are followed without a question, whatever their share. */
export const DELETIONS_FREE = 3;

/** Whether so many documents may be deleted at once without asking. */
export function deletesTooMuch(
  removals: number,
  { kept, files, share }: { kept: number; files: number; share: number },
): boolean {
  if (removals === 0) return false;
  // A source that is suddenly empty is rather broken than emptied.
  if (files === 0) return true;
  return removals > Math.max(DELETIONS_FREE, Math.floor((kept * share) / 100));
}
