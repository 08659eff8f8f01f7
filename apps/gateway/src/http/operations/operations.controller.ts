import { Controller, Inject, Req, Res } from '@nestjs/common';
import { timingSafeEqual } from 'node:crypto';
import { routes } from '@lorekeep/contracts';
import { Database } from '@lorekeep/kit/database';
import { RequestError } from '@lorekeep/kit/errors';
import { within } from '@lorekeep/kit/stream';
import type { Metrics } from '@lorekeep/kit/telemetry';
import { Contract } from '../../edge/contract.decorator.js';
import type { EdgeReply, EdgeRequest } from '../../edge/request.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../gateway.config.js';
import { buildOpenApi } from '../../openapi/build-openapi.js';
import { Drain } from '../../wiring/drain.js';
import { GatewayClassifier } from '../../wiring/gateway-classifier.js';
import { METRICS } from '../../wiring/tokens.js';

/** A database that does not answer within this time is not ready, in milliseconds. */
const READY_TIMEOUT_MS = 2_000;
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

@Controller()
export class OperationsController {
  private openapi: Record<string, unknown> | undefined;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(METRICS) private readonly metrics: Metrics,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(Drain) private readonly drain: Drain,
    @Inject(GatewayClassifier) private readonly classifier: GatewayClassifier,
  ) {}

  @Contract(routes.alive)
  alive(): object {
    return { status: 'ok' };
  }

  @Contract(routes.ready)
  async ready(@Res({ passthrough: true }) reply: EdgeReply): Promise<object> {
    if (this.drain.draining) {
      void reply.status(503);
      return { status: 'unavailable', checks: { gateway: 'stopping' } };
    }
    try {
      await within(
        'database',
        READY_TIMEOUT_MS,
        this.database.withoutTenant('select tenant_by_slug($1)', ['main']),
      );
      return { status: 'ok', checks: { database: 'ok', ...this.classifierCheck() } };
    } catch {
      void reply.status(503);
      return { status: 'unavailable', checks: { database: 'unavailable' } };
    }
  }

  @Contract(routes.metrics)
  async prometheus(
    @Req() request: EdgeRequest,
    @Res({ passthrough: true }) reply: EdgeReply,
  ): Promise<string> {
    if (!this.mayRead(request))
      throw new RequestError(401, 'AUTH_REQUIRED', 'Metrics need their bearer token.');
    void reply.type(this.metrics.registry.contentType);
    return this.metrics.registry.metrics();
  }

  @Contract(routes.openapi)
  description(): object {
    return (this.openapi ??= buildOpenApi());
  }

  /** Without it the rules decide alone: told, but no reason to send nobody here. */
  private classifierCheck(): { classifier?: string } {
    const { state } = this.classifier.state;
    if (state === 'off') return {};
    return { classifier: state === 'failed' ? 'unavailable' : state === 'ready' ? 'ok' : state };
  }

  private mayRead(request: EdgeRequest): boolean {
    const wanted = Buffer.from(`Bearer ${this.config.METRICS_TOKEN}`);
    // Behind a proxy on this machine everybody comes from this machine.
    if (this.config.METRICS_TOKEN === '') {
      return !this.config.TRUST_PROXY && LOOPBACK.has(request.socket.remoteAddress ?? '');
    }
    const given = Buffer.from(request.headers.authorization ?? '');
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }
}
