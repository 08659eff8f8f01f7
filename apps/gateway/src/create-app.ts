import 'reflect-metadata';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { BODY_LIMIT, routes, type RouteContract } from '@lorekeep/contracts';
import type { Logger } from '@lorekeep/kit/telemetry';
import { AppModule } from './app.module.js';
import { acceptJson } from './edge/accept-json.js';
import { answerBadAddress, answerNoHttp } from './edge/answer-raw-errors.js';
import { beginInTurn } from './edge/begin-in-turn.js';
import { setSecurityHeaders } from './edge/security-headers.js';
import { servePage } from './edge/serve-page.js';
import { traceRequests } from './edge/trace.js';
import type { AppConfig } from './wiring/app-config.js';
import { Drain } from './wiring/drain.js';
import { nestLogger } from './wiring/nest-logger.js';

/** Builds the gateway without listening. */
export async function createApp(config: AppConfig, log: Logger): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    // One hop: what stands further left in X-Forwarded-For, the caller may have written there.
    trustProxy: config.TRUST_PROXY ? (_: string, hop: number) => hop === 0 : false,
    routerOptions: { maxParamLength: 300 },
    forceCloseConnections: 'idle',
    requestTimeout: 60_000,
    frameworkErrors: answerBadAddress,
    clientErrorHandler: answerNoHttp,
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
  });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  traceRequests(fastify);
  limitBodies(fastify);
  beginInTurn(fastify);
  acceptJson(fastify);
  await fastify.register(cookie);
  await fastify.register(multipart, { throwFileSizeLimit: false });
  await setSecurityHeaders(fastify);
  await servePage(fastify, config.WEB_DIR);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config, log), adapter, {
    logger: nestLogger(log),
    abortOnError: false,
    bodyParser: false,
  });
  // Nest registers its routes when it begins to listen.
  app.get(Drain).countRoutes(fastify);
  app.enableShutdownHooks();
  return app;
}

/** What comes and goes is read by contracts: without this, Fastify loads two compilers for JSON schemas (3 MB). */
function noSchemas(): never {
  throw new Error('routes have contracts, no JSON schemas');
}

/** The limit of each route is the contract's; Nest registers handlers without one. */
function limitBodies(fastify: FastifyInstance): void {
  const limits = new Map<string, number>();
  for (const contract of Object.values(routes) as RouteContract[]) {
    if (contract.bodyLimit) limits.set(`${contract.method} ${contract.path}`, contract.bodyLimit);
  }
  fastify.addHook('onRoute', (route) => {
    const limit = limits.get(`${String(route.method)} ${route.url}`);
    if (limit !== undefined) route.bodyLimit = limit;
  });
}
