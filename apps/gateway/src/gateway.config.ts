import { z } from 'zod';
import { flag, integer, type ConfigOf } from '@lorekeep/kit/config';
import { questionPathConfigShape } from '@lorekeep/question-path';

export const gatewayConfigShape = {
  PORT: integer(0, 65_535).default(3_000).describe('Port of the gateway; 0 takes a free one'),
  HOST: z.string().default('127.0.0.1').describe('Address that the gateway listens on'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .describe("postgres:// URL of the application's role (no owner, no bypass of row security)"),
  DATABASE_POOL: integer(2, 200).default(16).describe('Database connections of one gateway process'),
  DATABASE_STATEMENT_TIMEOUT_MS: integer(100, 600_000)
    .default(30_000)
    .describe('Longest time for one SQL statement, in milliseconds'),
  DATA_DIR: z
    .string()
    .default('.lorekeep')
    .describe('Folder for what is kept outside the database: signed audit heads'),
  TRUST_PROXY: flag()
    .default(false)
    .describe('Whether the last address in X-Forwarded-For, of the one proxy in front, is believed'),
  COOKIE_SECURE: flag()
    .default(false)
    .describe('Whether cookies are sent over HTTPS only; set it wherever TLS is in front'),
  SESSION_MAX_HOURS: integer(1, 24 * 30)
    .default(12)
    .describe('Longest life of a session, in hours'),
  GATEWAY_DRAIN_SECONDS: integer(0, 3_600)
    .default(10)
    .describe(
      'Time that open requests get to end when the gateway is stopped, in seconds; then they are ended',
    ),
  WEB_DIR: z.string().default('').describe('Folder of the built page; empty: the one of this checkout'),
  METRICS_TOKEN: z
    .string()
    .default('')
    .describe('Bearer token for /metrics; empty: only callers on this machine may read it'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug'])
    .default('info')
    .describe('Least severe log line that is written'),
  TRANSCRIPTION_MAX_BYTES: integer(1_024, 200 * 1024 * 1024)
    .default(25 * 1024 * 1024)
    .describe(
      'Largest recording that is transcribed, in bytes; vLLM takes 25 MiB unless VLLM_MAX_AUDIO_CLIP_FILESIZE_MB says otherwise',
    ),
  TRANSCRIPTION_AT_ONCE: integer(1, 1_000)
    .default(8)
    .describe(
      'Recordings that one gateway holds in memory at once, half of them of one tenant; beyond, they are refused with 429',
    ),
  ...questionPathConfigShape,
} satisfies z.ZodRawShape;

export type GatewayConfig = ConfigOf<typeof gatewayConfigShape>;
export const GATEWAY_CONFIG = Symbol('gateway-config');
