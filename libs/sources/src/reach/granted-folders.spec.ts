import { describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig } from '@lorekeep/kit/config';
import { sourceConfigSchema } from '../sources.config.js';
import { readGrant } from './granted-folders.js';

describe('an entry of SOURCE_FOLDERS', () => {
  it.each([
    ['/srv/a=b', { tenant: null, path: '/srv/a=b' }],
    ['mine=/srv/a=b', { tenant: 'mine', path: '/srv/a=b' }],
    ['relative/path', null],
    ['mine=relative', null],
    ['Not a name=/srv', null],
    ['mine=', null],
  ])('%s', (entry, grant) => {
    expect(readGrant(entry)).toEqual(grant);
    const load = () => loadConfig(sourceConfigSchema, { SOURCE_FOLDERS: `/first, ${entry}` });
    if (grant) expect(load().SOURCE_FOLDERS).toEqual(['/first', entry]);
    else expect(load).toThrow(ConfigError);
  });
});
