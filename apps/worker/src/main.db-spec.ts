import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { AcceptDocument } from '@lorekeep/document-path';
import { isRefusal } from '@lorekeep/kit/errors';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import { Documents, DocumentStore, VerifyIndex } from '@lorekeep/retrieval';
import { Fixture } from '@lorekeep/retrieval/testing';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
let clone: ClonedDatabase;
let fixture: Fixture;
let dataDir: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  clone = await cloneDatabase();
  fixture = await Fixture.open(clone);
  dataDir = await mkdtemp(join(tmpdir(), 'lorekeep-worker-'));
});
/** A test that fails leaves none behind. */
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  await fixture.close();
  await clone.drop();
  await rm(dataDir, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly log: () => string;
}

function start(environment: Record<string, string>): Started {
  const child = fork(here('./main.ts'), [], {
    execArgv: [
      '--import',
      here('../../../test/support/typescript.mjs'),
      '-C',
      'lorekeep-source',
      '--no-warnings',
    ],
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  children.push(child);
  let log = '';
  child.stderr?.on('data', (part: Buffer) => (log += part.toString()));
  return { child, log: () => log };
}

const environment = (): Record<string, string> => ({ DATABASE_URL: clone.appUrl, DATA_DIR: dataDir });

describe('the worker', () => {
  it('says when it is ready, ingests what was accepted, stops on SIGTERM', async () => {
    const writer = await fixture.tenant('worker');
    const collectionId = await fixture.collection(writer, 'docs');
    const accept = new AcceptDocument(new DocumentStore(fixture.database), () => Promise.resolve(), {
      DOCUMENT_MAX_BYTES: 1_000,
    });
    const { child, log } = start(environment());
    await once(child, 'message');
    const content = Buffer.from('# Leave\n\nEvery employee gets 25 days.');
    const accepted = await accept.run(writer, { collectionId, fileName: 'leave.md', content });
    if (isRefusal(accepted)) throw new Error(accepted.code);
    const documents = new Documents(fixture.database);
    let state = '';
    for (let tries = 0; tries < 2_400 && state !== 'ready'; tries++) {
      state = (await documents.get(writer, accepted.documentId))?.state ?? '';
      await delay(25);
    }
    expect(state).toBe('ready');
    const audited = await fixture.database.once(writer, `select kind from audit_record order by sequence`);
    expect(audited).toEqual([{ kind: 'document.ready' }]);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(log()).toMatch(/"worker ready"[^]*"document ingested"[^]*"worker stopping"/);
    expect(log()).not.toContain('25 days');
  });

  it('keeps the index: merges what stands apart, indexes again what an older version indexed', async () => {
    const writer = await fixture.tenant('keeper');
    const collectionId = await fixture.collection(writer, 'docs');
    for (let i = 0; i < 9; i++) await fixture.document(writer, collectionId, `d${i}`, ['secret text']);
    await fixture.database.once(writer, `update document set analyzer = 0 where title = 'd0'`, [], {
      access: 'all',
    });
    const { child, log } = start(environment());
    const done = (): boolean => /segments merged/.test(log()) && /documents indexed again/.test(log());
    for (let tries = 0; tries < 2_400 && !done(); tries++) await delay(25);
    expect(done()).toBe(true);
    expect(log()).not.toContain('secret');
    expect(await new VerifyIndex(fixture.database).run(writer)).toMatchObject({ waiting: 0, findings: [] });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('ends when its parent is gone', async () => {
    const { child } = start(environment());
    await once(child, 'message');
    child.disconnect();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('says what is wrong with its configuration', async () => {
    const { child, log } = start({ DATABASE_URL: 'mysql://secret' });
    expect((await once(child, 'exit'))[0]).toBe(1);
    expect(log()).toContain('DATABASE_URL: must begin with postgres://');
    expect(log()).not.toContain('secret');
  });
});
