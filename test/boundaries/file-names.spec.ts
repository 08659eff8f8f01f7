import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What a file is, in the second word of its name. A plain `verb-noun.ts` has none. */
const ROLES = [
  'module',
  'controller',
  'guard',
  'filter',
  'step',
  'service',
  'repository',
  'entity',
  'dto',
  'errors',
  'config',
  'spec',
  'db-spec',
  'e2e-spec',
  'bench',
  // of the command line, and of Nest's parameters
  'command',
  'decorator',
];

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** Words under which everything and nothing can be put. */
const VAGUE = /(^|[-/])(utils?|helpers?|common|managers?|misc)([-./]|$)/;

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((path) => path !== '');
const code = files.filter((path) => /\.(ts|tsx|mjs)$/.test(path));

describe('the names of files', () => {
  it('are kebab-case.role.ts, with a role from the closed list', () => {
    expect(code.length).toBeGreaterThan(100);
    expect(code.filter((path) => !wellNamed(path))).toEqual([]);
  });

  it('promise something: no utils, helpers, common, manager', () => {
    expect(files.filter((path) => /^(apps|libs|migrations|test)\//.test(path) && VAGUE.test(path))).toEqual(
      [],
    );
  });
});

function wellNamed(path: string): boolean {
  const [name = '', ...roles] = (path.split('/').at(-1) ?? '')
    .replace(/(\.d)?\.(ts|tsx|mjs)$/, '')
    .split('.');
  // `cli.errors.spec.ts` is the spec of `cli.errors.ts`.
  return NAME.test(name) && roles.length <= 2 && roles.every((role) => ROLES.includes(role));
}
