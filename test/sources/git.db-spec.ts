import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git, startGitServer, type GitServer } from '../support/git-server.js';
import { counts, SourceWorld } from './source-world.js';

const TOKEN = 'a-token-that-nobody-sees';
let world: SourceWorld;
let root: string;
let work: string;
let server: GitServer;

beforeAll(async () => {
  world = await SourceWorld.open();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.begin();
  root = await mkdtemp(join(world.folder, 'git-'));
  work = join(root, 'handbook');
  await mkdir(work);
  await git(work, 'init', '-q', '-b', 'main');
  await put('docs/leave.md', 'leave is 25 days');
  await put('docs/人事/休假.md', '年假二十五天');
  await put('readme.md', 'read me');
  await symlink('/etc/passwd', join(work, 'docs/passwd.md'));
  await commit();
  server = await startGitServer(root, TOKEN);
});
afterEach(async () => {
  await server.close();
  await rm(root, { recursive: true, force: true });
});

async function put(path: string, text: string): Promise<void> {
  await mkdir(join(work, path, '..'), { recursive: true });
  await writeFile(join(work, path), text);
}
async function commit(): Promise<void> {
  await git(work, 'add', '-A');
  await git(work, 'commit', '-q', '-m', 'change');
}
const address = (): string => `${server.address}/handbook/.git`;
const add = (settings = {}, more = {}) =>
  world.add(
    { kind: 'git', address: address(), folder: 'docs', ...settings },
    { secret: { token: TOKEN }, ...more },
  );

describe('a Git repository as a source', () => {
  it('is fetched over HTTP with a token, one folder of one branch, and followed by commit', async () => {
    const { id } = await add({ branch: 'main' });
    const first = await world.sync(id);
    expect(first.lastRun).toMatchObject({ state: 'done', error: null, added: 2 });
    expect(await world.tree()).toEqual({ 'leave.md': 'leave is 25 days', '人事/休假.md': '年假二十五天' });
    expect(await world.files(id)).toMatchObject({ 'passwd.md': 'FILE_LINK' });

    server.requests.length = 0;
    expect(counts(await world.sync(id))).toMatchObject({ unchanged: 2 });
    // Nothing new: the references are asked for, and nothing is fetched.
    expect(server.requests.filter((request) => request.includes('POST'))).toEqual([]);

    await put('docs/leave.md', 'leave is 30 days');
    await git(work, 'mv', 'docs/人事/休假.md', 'docs/假期.md');
    await commit();
    expect(counts(await world.sync(id))).toMatchObject({ changed: 1, moved: 1 });
    expect(await world.tree()).toEqual({ 'leave.md': 'leave is 30 days', '假期.md': '年假二十五天' });

    await git(work, 'rm', '-q', 'docs/假期.md');
    await put('docs/new.md', 'new');
    await commit();
    await git(work, 'gc', '-q');
    expect(counts(await world.sync(id))).toMatchObject({ added: 1, deleted: 1, unchanged: 1 });
    const shallow = await readFile(join(world.folder, 'data/sources/git', id, 'shallow'), 'utf8');
    expect(shallow.trim().split('\n').length).toBeLessThanOrEqual(3);
  });

  it('follows a rewritten history, another branch and the branch that it begins with', async () => {
    const { id } = await add();
    await world.sync(id);
    await put('docs/leave.md', 'leave is 31 days');
    await git(work, 'commit', '-q', '-a', '--amend', '-m', 'rewritten');
    await world.sync(id);
    expect((await world.tree())['leave.md']).toBe('leave is 31 days');
    await git(work, 'checkout', '-q', '-b', 'next');
    await put('docs/leave.md', 'leave is 32 days');
    await commit();
    await world.domain.sources.update(world.writer, id, {
      settings: { kind: 'git', address: address(), branch: 'next', folder: 'docs' },
    });
    await world.sync(id);
    expect((await world.tree())['leave.md']).toBe('leave is 32 days');
  });

  it('is read in place where it lies below an allowed folder', async () => {
    const { id } = await add({ address: work, branch: 'main' });
    await world.sync(id);
    expect(Object.keys(await world.tree())).toEqual(['leave.md', '人事/休假.md']);
    const bare = join(root, 'bare.git');
    await git(root, 'clone', '-q', '--bare', work, bare);
    const tested = await world.domain.test.run(world.writer, {
      settings: { kind: 'git', address: bare, branch: '', folder: '' },
      secret: null,
    });
    expect(tested).toMatchObject({ ok: true });
    expect(tested.files).toContain('readme.md');
  });

  it('says what is wrong: credentials, branch, folder, repository, server', async () => {
    const test = async (settings: object, secret: { token: string } | null = { token: TOKEN }) =>
      (
        await world.domain.test.run(world.writer, {
          settings: { kind: 'git', address: address(), branch: '', folder: '', ...settings },
          secret,
        })
      ).code;
    const copies = () => readdir(join(world.folder, 'data/sources/git')).catch(() => []);
    const before = await copies();
    expect(await test({})).toBeNull();
    expect(await test({}, { token: 'wrong' })).toBe('SOURCE_DENIED');
    expect(await test({}, null)).toBe('SOURCE_DENIED');
    expect(await test({ branch: 'nowhere' })).toBe('SOURCE_NOT_FOUND');
    expect(await test({ folder: 'nowhere' })).toBe('SOURCE_NOT_FOUND');
    expect(await test({ address: `${server.address}/nothing.git` })).toBe('SOURCE_NOT_FOUND');
    expect(await test({ address: 'http://127.0.0.1:1/a.git' })).toBe('SOURCE_UNREACHABLE');
    server.before = () => Promise.resolve(500);
    expect(await test({})).toBe('SOURCE_UNREACHABLE');
    server.before = (_, response) => {
      response.writeHead(302, { location: 'http://example.com/' }).end();
      return Promise.resolve('handled');
    };
    expect(await test({})).toBe('SOURCE_REDIRECTED');
    server.before = () => new Promise(() => undefined);
    expect(await test({})).toBe('SOURCE_TIMEOUT');
    // None of them left a copy behind.
    expect(await copies()).toEqual(before);
  });

  it('reaches nothing private, and nothing without TLS, unless the operator allows it', async () => {
    const test = async (where: string) =>
      (
        await world.domain.test.run(world.writer, {
          settings: { kind: 'git', address: where, branch: '', folder: '' },
          secret: null,
        })
      ).code;
    await world.begin({ SOURCE_PRIVATE_ADDRESSES: 'false' });
    server.requests.length = 0;
    expect(await test(address())).toBe('SOURCE_ADDRESS_FORBIDDEN');
    // A name, resolved when it is connected to.
    expect(await test(address().replace('127.0.0.1', 'localhost'))).toBe('SOURCE_ADDRESS_FORBIDDEN');
    await world.begin({ SOURCE_PLAIN_HTTP: 'false' });
    expect(await test(address())).toBe('SOURCE_HTTP_FORBIDDEN');
    await world.begin();
    expect(await test('http://169.254.169.254/latest')).toBe('SOURCE_ADDRESS_FORBIDDEN');
    expect(server.requests).toEqual([]);
  });

  it('that stops in the middle loses nothing: the copy is made anew, documents stay', async () => {
    const { id } = await add();
    await world.sync(id);
    await put('docs/leave.md', 'leave is 30 days');
    await commit();
    server.before = (request, response) => {
      if (request.method !== 'POST') return Promise.resolve();
      response.writeHead(200, {
        'content-type': 'application/x-git-upload-pack-result',
        'content-length': 10_000,
      });
      response.write('0008NAK\n');
      setTimeout(() => response.destroy(), 50);
      return Promise.resolve('handled');
    };
    const broken = await world.sync(id);
    expect(broken.lastRun).toMatchObject({ state: 'failed', errorCode: 'SOURCE_UNREACHABLE', deleted: 0 });
    expect((await world.tree())['leave.md']).toBe('leave is 25 days');
    server.before = () => Promise.resolve();
    // As a crash in the middle of a fetch would leave it.
    const packs = join(world.folder, 'data/sources/git', id, 'objects/pack');
    for (const name of await readdir(packs)) await writeFile(join(packs, name), 'damaged');
    expect((await world.sync(id)).lastRun).toMatchObject({ state: 'done', changed: 1 });
    expect((await world.tree())['leave.md']).toBe('leave is 30 days');
  });

  it('never shows its token: not in the row, the database, the audit or an error', async () => {
    const { id } = await add();
    await world.sync(id);
    await git(work, 'checkout', '-q', '--orphan', 'other');
    const row = JSON.stringify(await world.source(id));
    expect(JSON.parse(row)).toMatchObject({ hasSecret: true });
    const [stored] = await world.sql<{ all: string }>(
      `select json_agg(s)::text || (select json_agg(r)::text from source_run r) || convert_from(decode(replace(encode(secret, 'escape'), '\\', ''), 'escape'), 'latin1') as all from source s group by secret`,
    );
    for (const text of [row, stored?.all ?? '', JSON.stringify(world.records)])
      expect(text).not.toContain(TOKEN);
  });

  it('sends stored credentials to no other server', async () => {
    const { id } = await add();
    const settings = { kind: 'git' as const, address: 'http://localhost:1/a.git', branch: '', folder: '' };
    await world.domain.sources.update(world.writer, id, { settings });
    expect((await world.source(id)).hasSecret).toBe(false);
  });
});
