import 'reflect-metadata';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { BODY_LIMIT, routes, type RouteContract } from '@lorekeep/contracts';
import type { Logger } from '@lorekeep/kit/telemetry';
import { AppModule } from './app.module.js';
import { acceptJson } from './edge/accept-json.js';
import { answerBadAddress, answerNoHttp } from './edge/answer-raw-errors.js';
import { servePage } from './edge/serve-page.js';
import { traceRequests } from './edge/trace.js';
import type { AppConfig } from './wiring/app-config.js';
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
  });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  traceRequests(fastify);
  limitBodies(fastify);
  acceptJson(fastify);
  await fastify.register(cookie);
  await fastify.register(multipart, { throwFileSizeLimit: false });
  await fastify.register(helmet, SECURITY_HEADERS);
  await servePage(fastify, config.WEB_DIR);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config, log), adapter, {
    logger: nestLogger(log),
    abortOnError: false,
    bodyParser: false,
  });
  app.enableShutdownHooks();
  return app;
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

const SECURITY_HEADERS = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  frameguard: { action: 'deny' },
  referrerPolicy: { policy: 'no-referrer' },
  // Only TLS in front can promise this; it is set there.
  strictTransportSecurity: false,
  crossOriginEmbedderPolicy: false,
} as const;
