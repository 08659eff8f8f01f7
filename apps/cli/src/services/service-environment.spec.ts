import { describe, expect, it } from '@jest/globals';
import type { Settings } from '../cli.config.js';
import type { OpenDatabase } from '../database/open-database.js';
import type { Secrets } from '../secrets/load-secrets.js';
import { serviceEnvironment } from './service-environment.js';

const settings = { dataDir: '/data', host: '127.0.0.1' } as Settings;
const database = { appUrl: 'postgres://app', ownerUrl: 'postgres://owner' } as OpenDatabase;
const secrets = { inferenceSaltSecret: 'ours' } as Secrets;

describe('serviceEnvironment', () => {
  it("never hands out the owner's rights", () => {
    const environment = serviceEnvironment(
      { MIGRATIONS_DATABASE_URL: 'postgres://owner' },
      settings,
      database,
      secrets,
      1,
    );
    expect(JSON.stringify(environment)).not.toContain('owner');
  });

  it('lets a secret of the person win, and what we decided win over everything', () => {
    const given = { INFERENCE_SALT_SECRET: 'theirs', INFERENCE_URL: 'http://gpu', PORT: '9', EMPTY: '' };
    expect(serviceEnvironment(given, settings, database, secrets, 4000)).toEqual({
      INFERENCE_SALT_SECRET: 'theirs',
      INFERENCE_URL: 'http://gpu',
      PORT: '4000',
      HOST: '127.0.0.1',
      DATA_DIR: '/data',
      DATABASE_URL: 'postgres://app',
    });
  });
});
