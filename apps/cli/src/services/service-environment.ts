import type { Settings } from '../cli.config.js';
import type { OpenDatabase } from '../database/open-database.js';
import type { Secrets } from '../secrets/load-secrets.js';

/** Never handed to gateway or worker: the owner's rights. */
const WITHHELD = ['MIGRATIONS_DATABASE_URL'];

/**
 * The environment of gateway and worker: what the person set (so that every documented setting works), plus what we
 * decided. A secret that the person set wins over ours.
 */
export function serviceEnvironment(
  given: Readonly<Record<string, string | undefined>>,
  settings: Settings,
  database: OpenDatabase,
  secrets: Secrets,
  port: number,
): Record<string, string> {
  const decided = {
    DATABASE_URL: database.appUrl,
    DATA_DIR: settings.dataDir,
    HOST: settings.host,
    PORT: String(port),
  };
  const made = { INFERENCE_SALT_SECRET: secrets.inferenceSaltSecret };
  const environment: Record<string, string> = { ...made };
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && value !== '' && !WITHHELD.includes(name)) environment[name] = value;
  }
  return { ...environment, ...decided };
}
