import { Controller, Inject, Req, Res } from '@nestjs/common';
import { timingSafeEqual } from 'node:crypto';
import { routes } from '@lorekeep/contracts';
import { RequestError } from '@lorekeep/kit/errors';
import type { Metrics } from '@lorekeep/kit/telemetry';
import { Contract } from '../../edge/contract.decorator.js';
import type { EdgeReply, EdgeRequest } from '../../edge/request.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../gateway.config.js';
import { buildOpenApi } from '../../openapi/build-openapi.js';
import { Readiness } from '../../wiring/readiness.js';
import { METRICS } from '../../wiring/tokens.js';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

@Controller()
export class OperationsController {
  private openapi: Record<string, unknown> | undefined;

  constructor(
    @Inject(Readiness) private readonly readiness: Readiness,
    @Inject(METRICS) private readonly metrics: Metrics,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  @Contract(routes.alive)
  alive(): object {
    return { status: 'ok' };
  }

  @Contract(routes.ready)
  async ready(@Res({ passthrough: true }) reply: EdgeReply): Promise<object> {
    const state = await this.readiness.look();
    if (state.status === 'unavailable') void reply.status(503);
    return state;
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
