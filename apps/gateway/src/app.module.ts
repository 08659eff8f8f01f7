import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Inject,
  Module,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { HttpAdapterHost, APP_FILTER, APP_GUARD } from '@nestjs/core';
import type { Server } from 'node:http';
import { Audit } from '@lorekeep/audit';
import type { Inference } from '@lorekeep/inference';
import { systemClock } from '@lorekeep/kit/clock';
import { connectPool, Database } from '@lorekeep/kit/database';
import { createMetrics, type Logger } from '@lorekeep/kit/telemetry';
import { DeclaredPermissionGuard } from './edge/declared-permission.guard.js';
import { ProblemFilter } from './edge/problem.filter.js';
import { SessionCookie } from './edge/session-cookie.js';
import { ApiKeyStrategy, SessionStrategy } from './edge/strategies.js';
import { GATEWAY_CONFIG } from './gateway.config.js';
import { LocalSignIn } from './http/account/local-sign-in.js';
import { AskPath } from './http/ask/ask-path.js';
import { KeptAnswers } from './http/ask/kept-answers.js';
import { Suggestions } from './http/ask/suggestions.js';
import { controllers } from './http/controllers.js';
import { KeepDenials } from './http/admin/keep-denials.js';
import { ActRecorder } from './wiring/act-recorder.js';
import type { AppConfig } from './wiring/app-config.js';
import { Drain } from './wiring/drain.js';
import { WatchCallers } from './wiring/watch-callers.js';
import { KeepTables } from './wiring/keep-tables.js';
import { documentProviders } from './wiring/provide-documents.js';
import { identityProviders } from './wiring/provide-identity.js';
import { pathProviders } from './wiring/provide-path.js';
import { scannerProviders } from './wiring/provide-scanner.js';
import { sourceProviders } from './wiring/provide-sources.js';
import { Readiness } from './wiring/readiness.js';
import { TenantSettingsCache } from './wiring/tenant-settings.js';
import { CLOCK, INFERENCE, LOGGER, METRICS } from './wiring/tokens.js';

/** Connections that are still open this long after draining are cut, in milliseconds. */
const CLOSE_MS = 1_000;

@Module({})
export class AppModule implements BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(
    @Inject(Audit) private readonly audit: Audit,
    @Inject(INFERENCE) private readonly inference: Inference,
    @Inject(Database) private readonly database: Database,
    @Inject(Drain) private readonly drain: Drain,
    @Inject(HttpAdapterHost) private readonly http: HttpAdapterHost,
  ) {}

  static with(config: AppConfig, log: Logger): DynamicModule {
    return {
      module: AppModule,
      controllers,
      providers: [
        { provide: GATEWAY_CONFIG, useValue: config },
        { provide: LOGGER, useValue: log },
        { provide: CLOCK, useValue: systemClock },
        { provide: METRICS, useFactory: createMetrics },
        { provide: Database, useFactory: () => openDatabase(config) },
        { provide: APP_GUARD, useClass: DeclaredPermissionGuard },
        Drain,
        WatchCallers,
        { provide: APP_FILTER, useClass: ProblemFilter },
        ...identityProviders,
        ...documentProviders,
        ...sourceProviders,
        ...scannerProviders,
        ...pathProviders,
        ApiKeyStrategy,
        SessionStrategy,
        SessionCookie,
        LocalSignIn,
        AskPath,
        KeptAnswers,
        Suggestions,
        ActRecorder,
        KeepDenials,
        KeepTables,
        Readiness,
        TenantSettingsCache,
      ],
    };
  }

  /** Still listening, but not ready: whoever balances the load sees it before connections are refused. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.drain.finish();
    // Requests that do not even arrive must not hold up the end.
    const server = this.http.httpAdapter.getHttpServer() as Server;
    setTimeout(() => server.closeAllConnections(), CLOSE_MS).unref();
  }

  /** After the last request: what is recorded is signed, then the connections go. */
  async onApplicationShutdown(): Promise<void> {
    await this.audit.close();
    await this.inference.close();
    await this.database.close();
  }
}

/** Without TypeORM: every statement is written by hand, and its 300 modules are 8 MB. */
function openDatabase(config: AppConfig): Promise<Database> {
  return connectPool({
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL,
    statementTimeout: config.DATABASE_STATEMENT_TIMEOUT_MS,
    applicationName: 'lorekeep-gateway',
  });
}
