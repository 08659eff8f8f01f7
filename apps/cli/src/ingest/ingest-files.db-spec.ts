import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTenant } from '@lorekeep/auth';
import { IngestDocument, type IngestPorts } from '@lorekeep/document-path';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import { startJobs, type RunningJobs } from '@lorekeep/kit/jobs';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import { DocumentStore } from '@lorekeep/retrieval';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../cli.config.js';
import { connectDomains, type Domains } from '../database/connect-domains.js';
import type { OpenDatabase } from '../database/open-database.js';
import { documentVerbs, type DocumentVerbs } from './document-verbs.js';
import { ensureCollection } from './ensure-collection.js';
import { ingestFiles } from './ingest-files.js';
import { listFiles } from './list-files.js';

describe('ingesting files', () => {
  let clone: ClonedDatabase;
  let root: string;
  let ctx: CallContext;

  beforeEach(async () => {
    clone = await cloneDatabase();
    root = mkdtempSync(join(tmpdir(), 'lorekeep-ingest-'));
    ctx = systemContext((await createTenant(clone.ownerUrl, { slug: 'main', name: 'Main' })).id);
  });
  afterEach(async () => {
    await clone.drop();
    rmSync(root, { recursive: true });
  });

  const write = (name: string, content: string) => {
    mkdirSync(join(root, 'files', name, '..'), { recursive: true });
    writeFileSync(join(root, 'files', name), content);
  };

  const withVerbs = (work: (domains: Domains, verbs: DocumentVerbs) => Promise<void>) => {
    const settings = { dataDir: join(root, 'data') } as Settings;
    const database = { appUrl: clone.appUrl, ownerUrl: clone.ownerUrl } as OpenDatabase;
    return connectDomains(database, settings, {}, (domains) => work(domains, documentVerbs(domains, {})));
  };

  /** What the worker does, with a parser that takes the file as one paragraph. */
  const startReading = ({ application, audit }: Domains): Promise<RunningJobs> => {
    const parse = (_format: string, content: Uint8Array) =>
      Promise.resolve({
        title: null,
        pages: null,
        blocks: [{ kind: 'paragraph' as const, text: new TextDecoder().decode(content), page: null }],
      });
    const path = new IngestDocument({
      store: new DocumentStore(application),
      parsers: { parse } as unknown as IngestPorts['parsers'],
      screen: () => Promise.resolve({ action: 'allow', hits: [] }),
      audit: (record, detail) => audit.append(record, detail),
    });
    return startJobs({
      connectionString: clone.appUrl,
      concurrency: 2,
      onFailure: () => {},
      tasks: {
        ingest: async ({ payload }) => {
          const { documentId } = payload as { documentId: string };
          await path.run(ctx, documentId);
        },
      },
    });
  };

  it('hands in a folder, waits for the worker, tells of each file how it ended', async () => {
    write('leave.md', '# Leave\n\nEverybody has 27 days.');
    write('deep/travel.txt', 'Trains before planes.');
    write('empty.md', '');
    write('photo.png', 'not supported');
    write('.hidden', 'passed over');
    symlinkSync('/etc/passwd', join(root, 'files', 'link.txt'));
    const found = listFiles(join(root, 'files'));
    expect(found.map(({ name }) => name)).toEqual(['deep/travel.txt', 'empty.md', 'leave.md', 'photo.png']);

    await withVerbs(async (domains, verbs) => {
      const wanted = { slug: 'all', name: 'All', readers: ['everyone'] };
      const collectionId = await ensureCollection(ctx, domains, verbs, wanted);
      const files = found.map((file) => ({ ...file, collectionId }));
      const worker = await startReading(domains);
      const told: number[] = [];
      const first = await ingestFiles(ctx, verbs, { files, onOutcome: (_outcome, done) => told.push(done) });
      expect(Object.fromEntries(first.map(({ name, state }) => [name, state]))).toEqual({
        'deep/travel.txt': 'ready',
        'empty.md': 'refused',
        'leave.md': 'ready',
        'photo.png': 'refused',
      });
      expect(first.find(({ name }) => name === 'empty.md')?.reason).toMatch(/empty/);
      expect(told).toEqual([1, 2, 3, 4]);
      const again = await ingestFiles(ctx, verbs, { files: files.slice(0, 1), onOutcome: () => {} });
      expect(again).toMatchObject([{ state: 'duplicate' }]);
      await worker.stop();
    });
  });

  it('makes a collection with its readers, for readers that exist only, and leaves an existing one alone', async () => {
    await withVerbs(async (domains, verbs) => {
      const ensure = (slug: string, readers: string[]) =>
        ensureCollection(ctx, domains, verbs, { slug, name: slug, readers });
      await expect(ensure('hr', [])).rejects.toThrow(/name its readers/);
      await expect(ensure('hr', ['group:hr'])).rejects.toThrow(/no group hr/);
      await expect(ensure('hr', ['somebody'])).rejects.toThrow(/not a reader/);
      expect(await verbs.collections.bySlug(ctx, 'hr')).toBeNull();
      const group = await domains.auth.groups.create(ctx, { name: 'hr' });
      const id = await ensure('hr', ['group:hr']);
      expect((await verbs.readers.ofCollection(ctx, id))?.readers).toMatchObject([
        { principal: `group:${group.id}`, effect: 'allow' },
      ]);
      expect(await ensure('hr', ['everyone'])).toBe(id);
      expect((await verbs.readers.ofCollection(ctx, id))?.readers).toHaveLength(1);
    });
  });

  it('refuses a path that is not there and a folder beyond the limit', () => {
    expect(() => listFiles(join(root, 'nowhere'))).toThrow(/no file or folder/);
    write('a.md', 'a');
    write('b.md', 'b');
    expect(() => listFiles(join(root, 'files'), 1)).toThrow(/more than 1 files/);
    expect(listFiles(join(root, 'files'), 2)).toHaveLength(2);
  });
});
