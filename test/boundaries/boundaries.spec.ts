import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');

interface Linted {
  file: string;
  expected: string | null;
  rules: string[];
}

interface Manifest {
  name: string;
  nx?: { tags?: string[] };
}

describe('the boundaries between projects', () => {
  let linted: Linted[] = [];
  beforeAll(async () => {
    await run(process.execPath, [join(here, 'build-graph.mjs')], { cwd: root });
    const { stdout } = await run(process.execPath, [join(here, 'lint-violations.mjs')], { cwd: root });
    linted = JSON.parse(stdout.slice(stdout.lastIndexOf('\n[') + 1)) as Linted[];
  }, 120_000);

  it('lint rejects every deliberate violation by the rule that it breaks', () => {
    const unnoticed = linted.filter(({ expected, rules }) => !expected || !rules.includes(expected));
    expect(unnoticed).toEqual([]);
  });

  it('there is a violation for each line of the table', () => {
    const files = linted.map(({ file }) => file);
    expect(files).toEqual(
      expect.arrayContaining([
        'app-knows-app.ts',
        'contract-knows-kit.ts',
        'domain-knows-domain.ts',
        'domain-knows-flow.ts',
        'flow-knows-pg.ts',
        'flow-knows-typeorm.ts',
        'kit-knows-domain.ts',
        'untagged/src/knows-kit.ts',
        'web-knows-server.ts',
      ]),
    );
  });

  it('lint fails when there is no project graph', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'no-graph-'));
    const eslint = join(root, 'node_modules/eslint/bin/eslint.js');
    const linting = run(process.execPath, [eslint, 'libs/kit/src/clock/index.ts'], {
      cwd: root,
      env: { ...process.env, NX_WORKSPACE_DATA_DIRECTORY: empty, NX_DAEMON: 'false' },
    });
    await expect(linting).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('No project graph'),
    });
    await rm(empty, { recursive: true });
  }, 60_000);

  it('every project has one type and one platform', async () => {
    const wrong: string[] = [];
    for (const manifest of await manifests()) {
      const tags = manifest.nx?.tags ?? [];
      const types = tags.filter((tag) => /^type:(app|flow|domain|kit|contract)$/.test(tag));
      const platforms = tags.filter((tag) => /^platform:(web|server|shared)$/.test(tag));
      if (types.length !== 1 || platforms.length !== 1 || tags.length !== 2) wrong.push(manifest.name);
    }
    expect(wrong).toEqual([]);
  });
});

async function manifests(): Promise<Manifest[]> {
  const folders = ['migrations'];
  for (const parent of ['apps', 'libs']) {
    for (const name of await readdir(join(root, parent))) folders.push(join(parent, name));
  }
  const texts = folders.map((folder) => readFile(join(root, folder, 'package.json'), 'utf8'));
  return (await Promise.all(texts)).map((text) => JSON.parse(text) as Manifest);
}
