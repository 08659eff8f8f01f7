import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { findTools } from '../support/find-tools.mjs';

const { COMPOSE_PATH, HADOLINT_PATH, YAMLLINT_PATH } = findTools().found;

function run(program: string | undefined, args: string[], environment = {}): [number | null, string] {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...environment };
  const { status, stdout, stderr } = spawnSync(program ?? '', args, { encoding: 'utf8', env });
  return [status, `${stdout}${stderr}`];
}

describe('the linters of deploy/', () => {
  (HADOLINT_PATH ? it : it.skip)('hadolint finds nothing in the Dockerfile', () => {
    expect(run(HADOLINT_PATH, ['deploy/docker/Dockerfile'])).toEqual([0, '']);
  });

  (YAMLLINT_PATH ? it : it.skip)('yamllint finds nothing', () => {
    expect(run(YAMLLINT_PATH, ['--strict', 'deploy'])).toEqual([0, '']);
  });

  (COMPOSE_PATH ? it : it.skip)('docker-compose reads the compose file, and not without its secrets', () => {
    const example = readFileSync('deploy/compose/.env.example', 'utf8');
    const filled = Object.fromEntries(
      [...example.matchAll(/^(\w+)=$/gm)].map(([, name = '']) => [name, 'x']),
    );
    // In place of .env, which a desk may have.
    const read = [
      '--env-file',
      '/dev/null',
      '-f',
      'deploy/compose/compose.yaml',
      '--profile',
      'gpu',
      'config',
      '-q',
    ];
    expect(run(COMPOSE_PATH, read, filled)).toEqual([0, '']);
    for (const name of Object.keys(filled)) {
      const [status, said] = run(COMPOSE_PATH, read, { ...filled, [name]: '' });
      expect([name, status === 0, said]).toEqual([name, false, expect.stringContaining('set it in .env')]);
    }
  });
});
