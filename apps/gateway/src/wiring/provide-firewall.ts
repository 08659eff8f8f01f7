import type { Provider } from '@nestjs/common';
import {
  Firewall,
  FirewallCaseRepository,
  FirewallCases,
  FirewallPolicies,
  FirewallPolicyRepository,
  FirewallSetups,
} from '@lorekeep/firewall';
import type { Clock } from '@lorekeep/kit/clock';
import { Database } from '@lorekeep/kit/database';
import type { Logger } from '@lorekeep/kit/telemetry';
import { GATEWAY_CONFIG } from '../gateway.config.js';
import type { AppConfig } from './app-config.js';
import { GatewayClassifier } from './gateway-classifier.js';
import { CLOCK, LOGGER } from './tokens.js';

/** What questions are checked with, and what administrators do about it. */
export const firewallProviders: Provider[] = [
  {
    provide: FirewallPolicies,
    useFactory: (database: Database, config: AppConfig, clock: Clock) =>
      new FirewallPolicies(database, { timeoutMs: config.FIREWALL_TIMEOUT_MS, clock }),
    inject: [Database, GATEWAY_CONFIG, CLOCK],
  },
  {
    provide: GatewayClassifier,
    useFactory: (config: AppConfig, log: Logger) => new GatewayClassifier(config, log),
    inject: [GATEWAY_CONFIG, LOGGER],
  },
  {
    provide: Firewall,
    useFactory: (policies: FirewallPolicies, clock: Clock, classifier: GatewayClassifier) =>
      new Firewall(policies, clock, classifier.questions),
    inject: [FirewallPolicies, CLOCK, GatewayClassifier],
  },
  {
    provide: FirewallCases,
    useFactory: (database: Database) => new FirewallCases(new FirewallCaseRepository(database)),
    inject: [Database],
  },
  {
    provide: FirewallSetups,
    useFactory: (database: Database, policies: FirewallPolicies, cases: FirewallCases, clock: Clock) =>
      new FirewallSetups(new FirewallPolicyRepository(database), policies, cases, clock),
    inject: [Database, FirewallPolicies, FirewallCases, CLOCK],
  },
];
