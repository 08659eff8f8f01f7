import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@lorekeep/kit/database';
import { within } from '@lorekeep/kit/stream';
import { Drain } from './drain.js';
import { GatewayClassifier } from './gateway-classifier.js';
import { GatewayEntailment } from './gateway-entailment.js';
import { ModelServers } from './model-servers.js';

/** A database that does not answer within this time is not ready, in milliseconds. */
const READY_TIMEOUT_MS = 2_000;

/** For everybody to read: what is missing, and nothing of where it is. */
export interface ReadyState {
  /** `degraded`: questions are answered, but not by all that was set up to answer them. */
  readonly status: 'ok' | 'degraded' | 'unavailable';
  readonly checks: Readonly<Record<string, string>>;
}

/**
 * Whether questions can be sent here. Without a model there are quotations, without a classifier the rules,
 * without an entailment model the comparison of words.
 */
@Injectable()
export class Readiness {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Drain) private readonly drain: Drain,
    @Inject(GatewayClassifier) private readonly classifier: GatewayClassifier,
    @Inject(ModelServers) private readonly servers: ModelServers,
    @Inject(GatewayEntailment) private readonly entailment: GatewayEntailment,
  ) {}

  async look(): Promise<ReadyState> {
    if (this.drain.draining) return { status: 'unavailable', checks: { gateway: 'stopping' } };
    try {
      const asked = this.database.withoutTenant('select tenant_by_slug($1)', ['main']);
      await within('database', READY_TIMEOUT_MS, asked);
    } catch {
      return { status: 'unavailable', checks: { database: 'unavailable' } };
    }
    const checks = { database: 'ok', ...this.models(), ...this.opinions() };
    const isLess = Object.values(checks).some((check) => check !== 'ok' && check !== 'loading');
    return { status: isLess ? 'degraded' : 'ok', checks };
  }

  private models(): { models?: string } {
    const { state } = this.servers;
    if (state === 'none') return {};
    return { models: state === 'away' ? 'unavailable' : state };
  }

  private opinions(): Record<string, string> {
    const opinions = { classifier: this.classifier.state, entailment: this.entailment.state };
    const checks: Record<string, string> = {};
    for (const [name, { state }] of Object.entries(opinions)) {
      if (state === 'off') continue;
      checks[name] = state === 'failed' ? 'unavailable' : state === 'ready' ? 'ok' : state;
    }
    return checks;
  }
}
