import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import type { CallContext } from '@lorekeep/kit/context';
import { Fixture } from '@lorekeep/retrieval/testing';
import { Command } from 'commander';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandContext, type CommandContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { registerCommands } from './register-commands.js';

let database: ClonedDatabase;
let fixture: Fixture;
let folder: string;
let writer: CallContext;

beforeAll(async () => {
  database = await cloneDatabase();
  fixture = await Fixture.open(database);
  folder = mkdtempSync(join(tmpdir(), 'lorekeep-index-'));
  writer = await fixture.tenant('north');
  await fixture.tenant('empty');
  const collection = await fixture.collection(writer, 'docs');
  for (let i = 0; i < 3; i++) await fixture.document(writer, collection, `d${i}`, [`text ${i}`, 'more']);
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
  rmSync(folder, { recursive: true });
});

async function run(...words: string[]): Promise<{ out: string[]; code: ExitCode }> {
  const out: string[] = [];
  let code: ExitCode = EXIT.OK;
  const environment = {
    DATABASE_URL: database.appUrl,
    MIGRATIONS_DATABASE_URL: database.ownerUrl,
    DATA_DIR: folder,
  };
  const context: CommandContext = {
    ...commandContext(environment, new AbortController().signal),
    print: (line) => out.push(line),
  };
  const program = new Command('lorekeep').exitOverride().configureOutput({ writeErr: () => {} });
  await registerCommands(program, context, words[0], (exit) => (code = exit));
  await program.parseAsync(['node', 'lorekeep', ...words]);
  return { out, code };
}

describe('verify-index and rebuild-index', () => {
  it('say what there is, organisation by organisation', async () => {
    const { out, code } = await run('verify-index');
    expect(code).toBe(EXIT.OK);
    expect(out).toEqual([
      'north: 3 documents with 6 passages in 3 segments, 0 of them wait to be indexed, 0 findings',
      'empty: 0 documents with 0 passages in 0 segments, 0 of them wait to be indexed, 0 findings',
    ]);
    await expect(run('verify-index', '--tenant', 'south')).rejects.toThrow('There is no organisation south.');
  });

  it('name damage, say so in the exit code, and mend it', async () => {
    await fixture.database.once(writer, `update posting_block set data = '\\x02'`, [], { access: 'all' });
    const damaged = await run('verify-index', '--tenant', 'north');
    expect(damaged.code).toBe(EXIT.DAMAGED);
    expect(damaged.out[1]).toMatch(/^north: The postings of a block of segment .* cannot be read/);
    expect(damaged.out.at(-1)).toBe('north: rebuild-index --all --tenant north makes the index anew');
    expect((await run('rebuild-index', '--tenant', 'north')).out[0]).toMatch(
      /^north: 0 documents with 0 passages/,
    );
    const rebuilt = await run('rebuild-index', '--tenant', 'north', '--all', '--json');
    expect(JSON.parse(rebuilt.out[0] ?? '')).toMatchObject({ tenant: 'north', documents: 3, passages: 6 });
    const verified = await run('verify-index', '--tenant', writer.tenantId, '--json');
    expect(verified.code).toBe(EXIT.OK);
    expect(JSON.parse(verified.out[0] ?? '')).toMatchObject({
      ok: true,
      segments: 1,
      waiting: 0,
      findings: [],
    });
  });
});
