import { integer, loadConfig, type ConfigOf } from '@lorekeep/kit/config';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { CliError } from './cli.errors.js';

/**
 * Of a new organisation. Far above what people ask, and about what two cards of 24 GB write in a day: a program that runs
 * away is stopped, and nobody else is.
 */
export const newTenantSchema = {
  QUOTA_NEW_TENANT_REQUESTS_PER_MINUTE: integer(0, 1_000_000)
    .default(6_000)
    .describe(
      'Questions a minute of an organisation that is created, to be changed under Quotas; 0: no limit',
    ),
  QUOTA_NEW_TENANT_TOKENS_PER_DAY: integer(0, 1_000_000_000_000)
    .default(100_000_000)
    .describe('Tokens a day of an organisation that is created; 0: no limit'),
  QUOTA_NEW_TENANT_CONCURRENT: integer(0, 100_000)
    .default(512)
    .describe('Questions at the same time of an organisation that is created; 0: no limit'),
};

export const cliConfigSchema = {
  DATA_DIR: z
    .string()
    .default('')
    .describe('Folder for everything Lorekeep keeps; default .lorekeep in the checkout'),
  PORT: integer(1, 65_535).default(3000).describe('Port of the page and the API'),
  HOST: z.string().default('127.0.0.1').describe('Address that the gateway listens on'),
  DATABASE_URL: postgresUrl().describe("The application's role; empty means the embedded database"),
  MIGRATIONS_DATABASE_URL: postgresUrl().describe("The schema's owner; set together with DATABASE_URL"),
  ...newTenantSchema,
};

export interface Settings {
  readonly dataDir: string;
  readonly port: number;
  readonly host: string;
  readonly external: { readonly appUrl: string; readonly ownerUrl: string } | undefined;
  /** Root of the checkout: where apps and samples are found. */
  readonly checkout: string;
}

function postgresUrl() {
  return z
    .string()
    .refine((text) => text === '' || /^postgres(ql)?:\/\//.test(text), 'must begin with postgres://')
    .default('');
}

/** Throws a ConfigError or CliError that names every mistake. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const config: ConfigOf<typeof cliConfigSchema> = loadConfig(cliConfigSchema, environment);
  const { DATABASE_URL: appUrl, MIGRATIONS_DATABASE_URL: ownerUrl } = config;
  if ((appUrl === '') !== (ownerUrl === '')) {
    throw new CliError(
      'DATABASE_URL (the application role) and MIGRATIONS_DATABASE_URL (the owner) must be set together, or neither for the embedded database.',
    );
  }
  const checkout = findCheckout();
  return {
    dataDir: config.DATA_DIR ? resolve(config.DATA_DIR) : join(checkout, '.lorekeep'),
    port: config.PORT,
    host: config.HOST,
    external: appUrl ? { appUrl, ownerUrl } : undefined,
    checkout,
  };
}

export function findCheckout(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'nx.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new CliError('Lorekeep must be run from its checkout.');
    folder = parent;
  }
  return folder;
}

export function versionOf(checkout: string): string {
  const manifest = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { version?: string };
  return manifest.version ?? 'unknown';
}

export function urlOf(settings: Pick<Settings, 'host' | 'port'>): string {
  const host = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(settings.host) ? 'localhost' : settings.host;
  return `http://${host}:${settings.port}`;
}
