import type { Provider } from '@nestjs/common';
import { join } from 'node:path';
import { Audit, AuditQuery, loadSigningKey, SignedHeads } from '@lorekeep/audit';
import {
  createInference,
  DatabaseBoard,
  DatabaseHosts,
  EngineHosts,
  Models,
  type Inference,
} from '@lorekeep/inference';
import type { Clock } from '@lorekeep/kit/clock';
import { Database } from '@lorekeep/kit/database';
import type { Logger, Metrics } from '@lorekeep/kit/telemetry';
import { Firewall } from '@lorekeep/firewall';
import { QuestionPath } from '@lorekeep/question-path';
import { Quota, QuotaPolicies } from '@lorekeep/quota';
import { readVectorSettings, ShowVectors } from '@lorekeep/retrieval';
import { RecordHits, ScanTables } from '@lorekeep/scanner';
import { GATEWAY_CONFIG } from '../gateway.config.js';
import type { AppConfig } from './app-config.js';
import { CountedAudit } from './counted-audit.js';
import { GatewayEntailment } from './gateway-entailment.js';
import { GatewaySearch } from './gateway-search.js';
import { gaugeInference, observeInference } from './inference-metrics.js';
import { firewallProviders } from './provide-firewall.js';
import { AwaySince, ModelServers } from './model-servers.js';
import { RecordedScanner } from './recorded-scanner.js';
import { TenantSettingsCache } from './tenant-settings.js';
import { CLOCK, INFERENCE, LOGGER, METRICS } from './tokens.js';

export const pathProviders: Provider[] = [
  ...firewallProviders,
  {
    provide: Audit,
    useFactory: async (
      database: Database,
      config: AppConfig,
      clock: Clock,
      ...[log, metrics]: [Logger, Metrics]
    ) => {
      const directory = join(config.DATA_DIR, 'audit');
      const onFault = (error: Error) => log.error({ err: error }, 'an audit head could not be signed');
      const heads = new SignedHeads(database, {
        directory,
        key: await loadSigningKey(directory),
        clock,
        onFault,
      });
      const { AUDIT_TIMEOUT_MS: timeoutMs, AUDIT_QUEUE_MAX: queueMax } = config;
      return new CountedAudit(database, { timeoutMs, queueMax, heads }, metrics);
    },
    inject: [Database, GATEWAY_CONFIG, CLOCK, LOGGER, METRICS],
  },
  {
    provide: AuditQuery,
    useFactory: (database: Database, config: AppConfig) =>
      new AuditQuery(database, join(config.DATA_DIR, 'audit')),
    inject: [Database, GATEWAY_CONFIG],
  },
  {
    provide: Quota,
    useFactory: (database: Database, config: AppConfig) =>
      new Quota(database, { timeoutMs: config.QUOTA_TIMEOUT_MS }),
    inject: [Database, GATEWAY_CONFIG],
  },
  {
    provide: QuotaPolicies,
    useFactory: (database: Database, quota: Quota) => new QuotaPolicies(database, quota),
    inject: [Database, Quota],
  },
  { provide: AwaySince, useFactory: (clock: Clock) => new AwaySince(clock), inject: [CLOCK] },
  {
    provide: INFERENCE,
    useFactory: (
      config: AppConfig,
      clock: Clock,
      database: Database,
      settings: TenantSettingsCache,
      ...[log, metrics, away]: [Logger, Metrics, AwaySince]
    ) => {
      const inference = createInference(config, {
        clock,
        observer: away.around(observeInference(metrics, log)),
        board: new DatabaseBoard(database),
        ...(config.INFERENCE_REGISTRATION_KEY ? { hosts: new DatabaseHosts(database) } : {}),
        policyOf: (ctx) => settings.modelsOf(ctx),
      });
      gaugeInference(inference, metrics);
      inference.start();
      return inference;
    },
    inject: [GATEWAY_CONFIG, CLOCK, Database, TenantSettingsCache, LOGGER, METRICS, AwaySince],
  },
  {
    provide: EngineHosts,
    useFactory: (config: AppConfig, clock: Clock, database: Database) =>
      new EngineHosts(new DatabaseHosts(database), config.INFERENCE_REGISTRATION_KEY ?? null, clock),
    inject: [GATEWAY_CONFIG, CLOCK, Database],
  },
  {
    provide: ModelServers,
    useFactory: (inference: Inference, away: AwaySince, config: AppConfig) =>
      new ModelServers(inference, away, config),
    inject: [INFERENCE, AwaySince, GATEWAY_CONFIG],
  },
  { provide: Models, useFactory: (inference: Inference) => inference.models, inject: [INFERENCE] },
  {
    provide: ShowVectors,
    useFactory: (database: Database, config: AppConfig, clock: Clock) =>
      new ShowVectors(database, readVectorSettings(config), clock),
    inject: [Database, GATEWAY_CONFIG, CLOCK],
  },
  {
    provide: GatewaySearch,
    useFactory: (config: AppConfig, clock: Clock, log: Logger, metrics: Metrics) =>
      new GatewaySearch(config, clock, log, metrics),
    inject: [GATEWAY_CONFIG, CLOCK, LOGGER, METRICS],
  },
  {
    provide: QuestionPath,
    useFactory: (ports: ConstructorParameters<typeof QuestionPath>[0], config: AppConfig, clock: Clock) =>
      new QuestionPath(ports, config, clock),
    inject: ['path-ports', GATEWAY_CONFIG, CLOCK],
  },
  {
    provide: GatewayEntailment,
    useFactory: (config: AppConfig, log: Logger, metrics: Metrics) =>
      new GatewayEntailment(config, log, metrics),
    inject: [GATEWAY_CONFIG, LOGGER, METRICS],
  },
  {
    provide: 'path-ports',
    useFactory: (
      settings: TenantSettingsCache,
      quota: Quota,
      firewall: Firewall,
      search: GatewaySearch,
      ...[drivers, tables, hits, audit, entailment]: [
        Models,
        ScanTables,
        RecordHits,
        Audit,
        GatewayEntailment,
      ]
    ): ConstructorParameters<typeof QuestionPath>[0] => ({
      settings,
      quota,
      firewall,
      search,
      drivers,
      scanner: { open: async (ctx) => new RecordedScanner(await tables.tableFor(ctx), hits) },
      audit,
      entailment: entailment.port(),
    }),
    inject: [
      ...[TenantSettingsCache, Quota, Firewall, GatewaySearch],
      ...[Models, ScanTables, RecordHits, Audit, GatewayEntailment],
    ],
  },
];
