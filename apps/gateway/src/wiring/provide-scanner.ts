import type { Provider } from '@nestjs/common';
import type { Clock } from '@lorekeep/kit/clock';
import { Database } from '@lorekeep/kit/database';
import {
  AssembleTable,
  compileUnit,
  DatabaseWords,
  DEFAULT_TIER,
  HitRepository,
  ListContentRepository,
  PolicyRepository,
  PrepareUnits,
  NameRules,
  RecordHits,
  RuleRepository,
  ScannerPolicies,
  ScanTables,
  ShowHits,
  TableRepository,
  UnitCache,
  WordListRepository,
  WordLists,
  Words,
} from '@lorekeep/scanner';
import { GATEWAY_CONFIG } from '../gateway.config.js';
import type { AppConfig } from './app-config.js';
import { ScannerThread } from './scanner-thread.js';
import { CLOCK } from './tokens.js';

/** What answers are scanned with, and what administrators do about it. */
export const scannerProviders: Provider[] = [
  {
    provide: DatabaseWords,
    useFactory: (database: Database) => new DatabaseWords(database),
    inject: [Database],
  },
  ScannerThread,
  {
    provide: ScanTables,
    useFactory: (database: Database, clock: Clock, config: AppConfig, thread: ScannerThread) => {
      const source = new TableRepository(database);
      const units = new UnitCache((unit) => compileUnit(unit, thread.build));
      const prepare = new PrepareUnits(thread);
      const assemble = new AssembleTable(source, DEFAULT_TIER, units, prepare);
      return new ScanTables(source, assemble, clock, config.SCANNER_TIMEOUT_MS);
    },
    inject: [Database, CLOCK, GATEWAY_CONFIG, ScannerThread],
  },
  {
    provide: Words,
    useFactory: (words: DatabaseWords, tables: ScanTables) => new Words(words, tables),
    inject: [DatabaseWords, ScanTables],
  },
  {
    provide: ScannerPolicies,
    useFactory: (database: Database, tables: ScanTables) =>
      new ScannerPolicies(new PolicyRepository(database), DEFAULT_TIER.categories, tables),
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
  {
    provide: ShowHits,
    useFactory: (hits: HitRepository, database: Database) =>
      new ShowHits(hits, new NameRules(new RuleRepository(database))),
    inject: [HitRepository, Database],
  },
  { provide: RecordHits, useFactory: (hits: HitRepository) => new RecordHits(hits), inject: [HitRepository] },
];
