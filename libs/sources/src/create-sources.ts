import { join } from 'node:path';
import type { Database } from '@lorekeep/kit/database';
import { Sources } from './manage-sources.js';
import type { SourceAudit, SourceDocuments } from './ports.js';
import { GrantedFolders } from './reach/granted-folders.js';
import { Outbound } from './reach/outbound.js';
import { OpenSource } from './read/open-source.js';
import { loadSourceKey } from './secrets/source-key.js';
import type { SourceConfig } from './sources.config.js';
import { ArchiveRepository } from './store/archive.repository.js';
import { ItemRepository } from './store/item.repository.js';
import { RunRepository } from './store/run.repository.js';
import { SweepLeftovers } from './sweep-leftovers.js';
import { SyncSource } from './sync/sync-source.js';
import { TestSource } from './test-source.js';

export interface SourcePorts {
  readonly database: Database;
  readonly documents: SourceDocuments;
  readonly audit: SourceAudit;
}

export interface SourcesDomain {
  readonly sources: Sources;
  readonly test: TestSource;
  readonly sync: SyncSource;
  readonly runs: RunRepository;
  readonly sweep: SweepLeftovers;
  readonly folders: GrantedFolders;
  close(): Promise<void>;
}

/** A test is waited for by a person. */
const TEST_TIMEOUTS = 2;

/** The domain's verbs for one process. `dataDir`: the key of credentials and copies of what is read are kept there. */
export async function createSources(
  { database, documents, audit }: SourcePorts,
  config: SourceConfig,
  dataDir: string,
): Promise<SourcesDomain> {
  const directory = join(dataDir, 'sources');
  const key = await loadSourceKey(directory, config.SOURCE_KEY);
  const rules = { privateAddresses: config.SOURCE_PRIVATE_ADDRESSES, plainHttp: config.SOURCE_PLAIN_HTTP };
  const timeoutMs = config.SOURCE_TIMEOUT_SECONDS * 1_000;
  const outbound = new Outbound(rules, timeoutMs);
  const archives = new ArchiveRepository(database);
  const folders = new GrantedFolders(database, config.SOURCE_FOLDERS);
  const opener = new OpenSource(
    {
      directory,
      folders,
      rules,
      maxFiles: config.SOURCE_MAX_FILES,
      maxBytes: config.SOURCE_MAX_BYTES,
    },
    outbound,
    archives,
  );
  const runs = new RunRepository(database);
  const items = new ItemRepository(database);
  return {
    sources: new Sources(database, documents, archives, { key, maxBytes: config.SOURCE_MAX_BYTES }),
    test: new TestSource(database, opener, { key, directory, timeoutMs: timeoutMs * TEST_TIMEOUTS }),
    sync: new SyncSource(
      { runs, items, documents, audit, opener },
      { key, maxFiles: config.SOURCE_MAX_FILES, directory },
    ),
    runs,
    sweep: new SweepLeftovers(database, directory),
    folders,
    close: () => outbound.close(),
  };
}
