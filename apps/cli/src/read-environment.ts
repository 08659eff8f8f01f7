import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { findCheckout } from './cli.config.js';

/** The settings: `.env` of the checkout, then the process's own environment, which wins. */
export function readEnvironment(): Record<string, string | undefined> {
  const file = join(findCheckout(), '.env');
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  // The one place where the command line reads its environment; everything else gets it from here.
  return { ...fromFile, ...process.env };
}
