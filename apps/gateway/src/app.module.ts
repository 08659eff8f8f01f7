import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { Audit, entities as auditEntities } from '@lorekeep/audit';
import { entities as authEntities } from '@lorekeep/auth';
import type { Inference } from '@lorekeep/inference';
import { systemClock } from '@lorekeep/kit/clock';
import { connectDatabase, Database } from '@lorekeep/kit/database';
import { createMetrics, type Logger } from '@lorekeep/kit/telemetry';
import { DeclaredPermissionGuard } from './edge/declared-permission.guard.js';
import { ProblemFilter } from './edge/problem.filter.js';
import { SessionCookie } from './edge/session-cookie.js';
import { ApiKeyStrategy, SessionStrategy } from './edge/strategies.js';
import { GATEWAY_CONFIG } from './gateway.config.js';
import { LocalSignIn } from './http/account/local-sign-in.js';
import { AskPath } from './http/ask/ask-path.js';
import { Suggestions } from './http/ask/suggestions.js';
import { controllers } from './http/controllers.js';
import { ActRecorder } from './wiring/act-recorder.js';
import type { AppConfig } from './wiring/app-config.js';
import { documentProviders } from './wiring/document.providers.js';
import { identityProviders } from './wiring/identity.providers.js';
import { pathProviders } from './wiring/path.providers.js';
import { TenantSettingsCache } from './wiring/tenant-settings.js';
import { CLOCK, INFERENCE, LOGGER, METRICS } from './wiring/tokens.js';

@Module({})
export class AppModule implements OnApplicationShutdown {
  constructor(
    @Inject(Audit) private readonly audit: Audit,
    @Inject(INFERENCE) private readonly inference: Inference,
    @Inject(Database) private readonly database: Database,
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
        { provide: APP_FILTER, useClass: ProblemFilter },
        ...identityProviders,
        ...documentProviders,
        ...pathProviders,
        ApiKeyStrategy,
        SessionStrategy,
        SessionCookie,
        LocalSignIn,
        AskPath,
        Suggestions,
        ActRecorder,
        TenantSettingsCache,
      ],
    };
  }

  /** After the last request: what is recorded is signed, then the connections go. */
  async onApplicationShutdown(): Promise<void> {
    await this.audit.close();
    await this.inference.close();
    await this.database.close();
  }
}

/** Statements are written by hand here; entities are given for TypeORM's manager inside a transaction. */
function openDatabase(config: AppConfig): Promise<Database> {
  return connectDatabase({
    url: config.DATABASE_URL,
    entities: [...authEntities, ...auditEntities],
    poolSize: config.DATABASE_POOL,
    statementTimeout: config.DATABASE_STATEMENT_TIMEOUT_MS,
    applicationName: 'lorekeep-gateway',
  });
}
