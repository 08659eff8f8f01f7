import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import { Command } from 'commander';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { commandContext, type CommandContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { registerCommands } from './register-commands.js';

describe('commands on a database of one’s own', () => {
  let database: ClonedDatabase;
  let folder: string;
  let settings: Record<string, string>;

  beforeEach(async () => {
    settings = {};
    database = await cloneDatabase();
    folder = mkdtempSync(join(tmpdir(), 'lorekeep-commands-'));
  });
  afterEach(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  const run = async (...words: string[]): Promise<{ out: string[]; code: ExitCode }> => {
    const out: string[] = [];
    let code: ExitCode = EXIT.OK;
    const environment = {
      DATABASE_URL: database.appUrl,
      MIGRATIONS_DATABASE_URL: database.ownerUrl,
      DATA_DIR: folder,
      ...settings,
    };
    const context: CommandContext = {
      ...commandContext(environment, new AbortController().signal),
      print: (line) => out.push(line),
    };
    const program = new Command('lorekeep').exitOverride().configureOutput({ writeErr: () => {} });
    await registerCommands(program, context, words[0], (exit) => (code = exit));
    await program.parseAsync(['node', 'lorekeep', ...words]);
    return { out, code };
  };

  it('migrates, creates and resets, starts no database of its own, records every act', async () => {
    expect((await run('migrate', '--json')).out).toEqual(['[]']);
    const [tenant] = (await run('create-tenant', 'north', 'North Works')).out;
    expect(tenant).toMatch(/^[0-9a-f-]{36}$/);
    const created = await run('create-admin', 'ada@north.example', '--tenant', 'north', '--json');
    const { password } = JSON.parse(created.out[0] ?? '') as { password: string };
    expect(password.length).toBeGreaterThanOrEqual(20);
    const reset = await run('reset-passwords', 'ada@north.example', '--tenant', 'north');
    expect(reset.out).toEqual([expect.stringMatching(/^ada@north\.example\t\S{20,}$/)]);
    expect(reset.out[0]).not.toContain(password);
    expect(existsSync(join(folder, 'postgres'))).toBe(false);

    const verified = await run('verify-audit', '--json');
    expect(verified.code).toBe(EXIT.OK);
    expect(JSON.parse(verified.out[0] ?? '')).toMatchObject({
      tenant: 'north',
      tenantId: tenant,
      ok: true,
      records: 8,
      unsigned: 0,
    });
    for (const name of ['north', tenant ?? '']) {
      expect((await run('verify-audit', '--tenant', name)).out).toEqual([
        expect.stringMatching(/^north: 8 records are good/),
      ]);
    }
  });

  it('names the first bad record, and says so in the exit code', async () => {
    await run('create-tenant', 'north', 'North Works');
    await tamper(`update audit_record set actor = 'somebody else' where sequence = 1`);
    const { out, code } = await run('verify-audit');
    expect(code).toBe(EXIT.TAMPERED);
    expect(out).toEqual([
      expect.stringMatching(/^north: record 1 is bad \(ALTERED\); 0 before it are good$/),
    ]);
  });

  it('gives a new organisation the limits of the settings, and none where they are 0', async () => {
    const [usual] = (await run('create-tenant', 'north', 'North Works')).out;
    expect(await limitsOf(usual)).toEqual([{ requests: 6_000, tokens: '100000000', concurrent: 512 }]);
    settings = { QUOTA_NEW_TENANT_REQUESTS_PER_MINUTE: '60', QUOTA_NEW_TENANT_TOKENS_PER_DAY: '0' };
    const [chosen] = (await run('create-tenant', 'south', 'South Works')).out;
    expect(await limitsOf(chosen)).toEqual([{ requests: 60, tokens: null, concurrent: 512 }]);
    settings = { ...settings, QUOTA_NEW_TENANT_REQUESTS_PER_MINUTE: '0', QUOTA_NEW_TENANT_CONCURRENT: '0' };
    const [free] = (await run('create-tenant', 'west', 'West Works')).out;
    expect(await limitsOf(free)).toEqual([]);
    settings = { QUOTA_NEW_TENANT_CONCURRENT: 'many' };
    await expect(run('create-tenant', 'east', 'East Works')).rejects.toThrow(/QUOTA_NEW_TENANT_CONCURRENT/);
  });

  it.each([
    [['create-admin', 'ada@north.example', '--tenant', 'nowhere'], /no organisation nowhere/],
    [['reset-passwords'], /no organisation main/],
    [['verify-audit', '--tenant', 'x'], /no organisation x/],
    [['create-tenant', 'Not A Slug', 'x'], /not valid/],
    [['no-such-command'], /unknown command/],
    [['migrate', '--no-such-option'], /unknown option/],
    [['ask', ' '], /Ask something/],
  ])('%j is refused with a sentence', async (words, sentence) => {
    await expect(run(...words)).rejects.toThrow(sentence);
  });

  it('says when nothing runs', async () => {
    const { out, code } = await run('status', '--json');
    expect(JSON.parse(out[0] ?? '')).toEqual({ state: 'stopped', url: null, pid: null, dataDir: folder });
    expect(code).toBe(EXIT.FAILED);
  });

  /** As the owner, who can switch the triggers off: what the signed head is there to show. */
  async function limitsOf(tenant: string | undefined): Promise<unknown[]> {
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    try {
      await owner.query(`select set_config('app.tenant', $1, false)`, [tenant]);
      const { rows } = await owner.query(
        `select requests_per_minute as requests, tokens_per_day as tokens, concurrent_questions as concurrent
           from quota_policy`,
      );
      return rows;
    } finally {
      await owner.end();
    }
  }

  async function tamper(sql: string): Promise<void> {
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    try {
      await owner.query(`alter table audit_record disable trigger user;
        alter table audit_record no force row level security; ${sql};
        alter table audit_record force row level security; alter table audit_record enable trigger user`);
    } finally {
      await owner.end();
    }
  }
});
