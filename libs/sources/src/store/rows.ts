import type { SourceRow, SourceRun, SourceSettings } from '@lorekeep/contracts';

/** A source as syncs need it. */
export interface StoredSource {
  readonly id: string;
  readonly name: string;
  readonly kind: SourceRow['kind'];
  readonly settings: SourceSettings;
  readonly secret: Buffer | null;
  readonly collectionId: string;
  readonly target: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly maxFileBytes: number;
  readonly deletionShare: number;
  readonly everyMinutes: number | null;
  readonly state: SourceRow['state'];
  readonly removal: 'keep' | 'delete' | null;
}

export interface ClaimedRun {
  readonly id: string;
  readonly lease: string;
  readonly cause: SourceRun['cause'];
  readonly allowDeletions: boolean;
  readonly source: StoredSource;
}

export interface StoredItem {
  readonly path: string;
  readonly documentId: string | null;
  readonly fingerprint: string | null;
  readonly sha256: Buffer | null;
  readonly state: 'taken' | 'skipped' | 'failed';
  readonly reasonCode: string | null;
  readonly runId: string | null;
}

export interface NewItem {
  readonly path: string;
  readonly documentId: string | null;
  readonly fingerprint: string | null;
  readonly sha256: Buffer | null;
  readonly bytes: number | null;
  readonly state: 'taken' | 'skipped' | 'failed';
  readonly reasonCode: string | null;
  readonly reason: string | null;
}

export type Counter = 'added' | 'changed' | 'moved' | 'deleted' | 'skipped' | 'failed';

export const SOURCE_COLUMNS = `s.id, s.name, s.kind, s.settings, s.secret, s.collection_id as "collectionId", s.target,
  s.include, s.exclude, s.max_file_bytes::float8 as "maxFileBytes", s.deletion_share as "deletionShare",
  s.every_minutes as "everyMinutes", s.state, s.removal`;
