import type { Provider } from '@nestjs/common';
import type { Clock } from '@lorekeep/kit/clock';
import { Database } from '@lorekeep/kit/database';
import {
  AssembleTable,
  DatabaseWords,
  EMPTY_TIER,
  HitRepository,
  ListContentRepository,
  PolicyRepository,
  RecordHits,
  ScannerPolicies,
  ScanTables,
  ShowHits,
  TableRepository,
  UnitCache,
  WordListRepository,
  WordLists,
  Words,
  WordTables,
} from '@lorekeep/scanner';
import { GATEWAY_CONFIG } from '../gateway.config.js';
import type { AppConfig } from './app-config.js';
import { CLOCK } from './tokens.js';

/** What answers are scanned with, and what administrators do about it. */
export const scannerProviders: Provider[] = [
  {
    provide: DatabaseWords,
    useFactory: (database: Database) => new DatabaseWords(database),
    inject: [Database],
  },
  {
    provide: WordTables,
    useFactory: (words: DatabaseWords, clock: Clock, config: AppConfig) =>
      new WordTables(words, clock, config.SCANNER_TIMEOUT_MS),
    inject: [DatabaseWords, CLOCK, GATEWAY_CONFIG],
  },
  {
    provide: ScanTables,
    useFactory: (database: Database, clock: Clock, config: AppConfig) => {
      const source = new TableRepository(database);
      const assemble = new AssembleTable(source, EMPTY_TIER, new UnitCache());
      return new ScanTables(source, assemble, clock, config.SCANNER_TIMEOUT_MS);
    },
    inject: [Database, CLOCK, GATEWAY_CONFIG],
  },
  {
    provide: Words,
    useFactory: (words: DatabaseWords, tables: WordTables, scanTables: ScanTables) =>
      new Words(words, {
        forget: (tenantId) => {
          tables.forget(tenantId);
          scanTables.forget(tenantId);
        },
      }),
    inject: [DatabaseWords, WordTables, ScanTables],
  },
  {
    provide: ScannerPolicies,
    useFactory: (database: Database, tables: ScanTables) =>
      new ScannerPolicies(new PolicyRepository(database), EMPTY_TIER.categories, tables),
    inject: [Database, ScanTables],
  },
  {
    provide: WordLists,
    useFactory: (database: Database, tables: ScanTables, config: AppConfig) =>
      new WordLists(
        new WordListRepository(database),
        new ListContentRepository(database),
        config.SCANNER_LIST_MAX_BYTES,
        tables,
      ),
    inject: [Database, ScanTables, GATEWAY_CONFIG],
  },
  {
    provide: HitRepository,
    useFactory: (database: Database) => new HitRepository(database),
    inject: [Database],
  },
  { provide: ShowHits, useFactory: (hits: HitRepository) => new ShowHits(hits), inject: [HitRepository] },
  { provide: RecordHits, useFactory: (hits: HitRepository) => new RecordHits(hits), inject: [HitRepository] },
];
