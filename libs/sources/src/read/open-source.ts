import { join } from 'node:path';
import type { SourceSecret, SourceSettings } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import type { ReachRules } from '../reach/allowed-address.js';
import type { GrantedFolders } from '../reach/granted-folders.js';
import type { Outbound } from '../reach/outbound.js';
import type { ArchiveRepository } from '../store/archive.repository.js';
import { ArchiveReader } from './read-archive.js';
import { BucketReader } from './read-bucket.js';
import { FolderReader } from './read-folder.js';
import { GitReader } from './read-git.js';
import type { SourceReader } from './source-reader.js';

export interface OpenerSettings {
  /** DATA_DIR/sources: copies of repositories and archives that are being read. */
  readonly directory: string;
  readonly folders: GrantedFolders;
  readonly rules: ReachRules;
  readonly maxFiles: number;
  readonly maxBytes: number;
}

export interface SourceToOpen {
  readonly sourceId: string;
  readonly settings: SourceSettings;
  readonly secret: SourceSecret | null;
}

/** Opens what a source is made of, for one sync or one test. */
export class OpenSource {
  constructor(
    private readonly settings: OpenerSettings,
    private readonly outbound: Outbound,
    private readonly archives: ArchiveRepository,
  ) {}

  /** Throws SourceProblem. */
  async open(ctx: CallContext, source: SourceToOpen, signal: AbortSignal): Promise<SourceReader> {
    const { directory, folders, rules, maxFiles, maxBytes } = this.settings;
    const { settings, secret, sourceId } = source;
    switch (settings.kind) {
      case 'folder':
        return FolderReader.open(settings.path, await folders.of(ctx));
      case 'git': {
        const copy = join(directory, 'git', sourceId);
        const roots = await folders.of(ctx);
        return GitReader.open(
          settings,
          { roots, rules, outbound: this.outbound, directory: copy, limit: maxBytes, secret },
          signal,
        );
      }
      case 'archive': {
        const path = await this.archives.fetch(ctx, sourceId, join(directory, 'archives'), signal);
        return ArchiveReader.open(path, maxFiles);
      }
      case 'bucket':
        return new BucketReader(settings, secret, this.outbound, rules);
    }
  }
}
