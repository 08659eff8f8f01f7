import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import pg from 'pg';
import { commandContext, type CommandContext } from '../command-context.js';
import { EXIT } from '../exit-codes.js';
import { Progress } from '../terminal/progress.js';
import { evaluateRetrieval } from './evaluate-retrieval.js';
import { ScratchTenant } from './scratch-tenant.js';

const CORPUS = [
  { id: 'leave', title: 'Leave', text: 'Every employee has 25 days of annual leave.' },
  { id: 'long', title: '', text: `Parking. ${'The garage is open at night. '.repeat(3_000)}` },
  { id: 'nul', title: null, text: 'A zebra\u0000 crossing.' },
  { id: 'zh', title: '年假', text: '员工每年有15天年假。' },
];
const QUERIES = [
  { id: 'q1', text: 'how many days of annual leave' },
  { id: 'q2', text: 'garage at night' },
  { id: 'q3', text: 'unicorn' },
  { id: 'q4', text: '年假多少天' },
];

describe('eval retrieval', () => {
  let database: ClonedDatabase;
  let folder: string;
  let said: string[];

  beforeEach(async () => {
    database = await cloneDatabase();
    folder = mkdtempSync(join(tmpdir(), 'lorekeep-eval-'));
    said = [];
    write('corpus', CORPUS);
    write('queries', QUERIES);
    writeFileSync(
      join(folder, 'qrels'),
      'query-id\tcorpus-id\tscore\nq1\tleave\t1\nq2 0 long 2\nq3\tnul\t1\nq9\tzh\t1\n',
    );
  });
  afterEach(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  const write = (name: string, lines: readonly object[]): void =>
    writeFileSync(join(folder, name), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const run = async (options: object = {}, signal = new AbortController().signal, out?: Writable) => {
    const printed: string[] = [];
    const environment = {
      DATABASE_URL: database.appUrl,
      MIGRATIONS_DATABASE_URL: database.ownerUrl,
      DATA_DIR: folder,
    };
    const context: CommandContext = {
      ...commandContext(environment, signal),
      progress: new Progress((line) => said.push(line)),
      print: (line) => printed.push(line),
    };
    let text = '';
    const collect = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        text += chunk.toString();
        done();
      },
    });
    const files = { corpus: join(folder, 'corpus'), queries: join(folder, 'queries') };
    const code = await evaluateRetrieval(context, { ...files, k: '100', ...options }, out ?? collect);
    return { code, printed, lines: text.split('\n').filter(Boolean) };
  };
  const leftovers = async (): Promise<number> => {
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    const { rows } = await owner.query<{ count: number }>(
      `select count(*)::int as count from tenant where starts_with(slug, 'eval-')`,
    );
    await owner.end();
    return rows[0]?.count ?? -1;
  };

  it('writes a TREC run of all queries, one passage a document, and leaves nothing behind', async () => {
    const { code, printed, lines } = await run();
    expect(code).toBe(EXIT.OK);
    expect(printed).toEqual([]);
    expect(lines[0]).toMatch(/^q1 Q0 leave 1 \d+\.\d{6} lorekeep$/);
    expect(lines.filter((line) => line.startsWith('q2'))).toEqual([expect.stringMatching(/^q2 Q0 long 1 /)]);
    expect(lines.some((line) => line.startsWith('q3'))).toBe(false);
    expect(lines.at(-1)).toMatch(/^q4 Q0 zh 1 /);
    expect(await leftovers()).toBe(0);
  });

  it('says the figures on stderr, or as JSON on stdout in place of the run', async () => {
    expect((await run({ qrels: join(folder, 'qrels') })).lines.length).toBeGreaterThan(2);
    expect(said.filter((line) => line.includes('@'))).toEqual([
      'nDCG@10  0.6667',
      'MRR@10   0.6667',
      'R@100    0.6667',
    ]);
    const { printed, lines } = await run({ qrels: join(folder, 'qrels'), json: true });
    expect(printed).toEqual(['{"queries":3,"ndcg10":0.6667,"mrr10":0.6667,"recall100":0.6667}']);
    expect(lines).toEqual([]);
  });

  it('names file, line and mistake before anything is started', async () => {
    await expect(run({ corpus: join(folder, 'none') })).rejects.toThrow(/none cannot be read/);
    writeFileSync(
      join(folder, 'queries'),
      '{"id":"q","text":"x"}\n{"id":"q","text":"y"}\nnonsense\n{"id":"z"}\n',
    );
    await expect(run()).rejects.toThrow(
      /queries:2: id q stands in line 1 already\n.*queries:3: is not JSON.*\n.*queries:4: text: /s,
    );
    await expect(run({ k: '1001' })).rejects.toMatchObject({ exitCode: EXIT.USAGE });
    await expect(run({ json: true })).rejects.toMatchObject({ exitCode: EXIT.USAGE });
  });

  it('removes what it made when it is interrupted, when its reader goes, and after a crash', async () => {
    const controller = new AbortController();
    const pulled = new Writable({
      write: (_chunk, _encoding, done) => {
        controller.abort(new Error('interrupted'));
        done();
      },
    });
    await expect(run({}, controller.signal, pulled)).rejects.toThrow();
    expect(await leftovers()).toBe(0);

    const gone = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
    expect((await run({}, undefined, gone)).code).toBe(EXIT.OK);
    expect(await leftovers()).toBe(0);

    const crashed = await ScratchTenant.create(database.ownerUrl);
    await run();
    expect(await leftovers()).toBe(1);
    // What a crash ends.
    await (crashed as unknown as { owner: pg.Client }).owner.end();
    await run();
    expect(await leftovers()).toBe(0);
  });
});
