import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { launchPostgres, type PostgresOptions, type RunningPostgres } from './launch-postgres.js';
import { isAlive, isServerOf, readPostmaster } from './read-postmaster.js';
import { stopServer } from './share-server.js';

const cluster = process.env['LOREKEEP_TEST_POSTGRES'] ?? '';
const { code } = JSON.parse(readFileSync(cluster, 'utf8')) as { code: string };
const isRoot = process.getuid?.() === 0;

// What has ended stays in the process table until it is collected: its id alone does not say that a server runs.
describe('launchPostgres', () => {
  let root: string;
  let folder: string;
  const children: ChildProcess[] = [];
  const servers: RunningPostgres[] = [];

  beforeEach(() => {
    root = mkdtempSync(join(dirname(cluster), 'launch-'));
    folder = join(root, 'postgres');
  });

  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    for (const server of servers.splice(0)) await server.stop();
    for (const name of readdirSync(root)) {
      const left = await readPostmaster(join(root, name, 'data'));
      if (left) await stopServer(left.pid, join(root, name, 'data'));
    }
    chmodSync(root, 0o700);
    rmSync(root, { recursive: true });
  });

  const launch = async (options: Partial<PostgresOptions> = {}) => {
    const server = await launchPostgres({ folder, durable: false, ...options });
    servers.push(server);
    return server;
  };

  /** A launcher in a process of its own; resolves with what it printed first. */
  const launchElsewhere = async (options: { uid?: number } = {}) => {
    const script = `
      const { launchPostgres } = await import(${JSON.stringify(pathToFileURL(join(code, 'kit/dist/postgres/index.js')).href)});
      try {
        const server = await launchPostgres({ folder: ${JSON.stringify(folder)}, durable: false });
        console.log(JSON.stringify({ pid: server.pid, attached: server.attached, created: server.created }));
        process.stdin.on('data', async () => { console.log(await server.stop()); process.exit(0); });
      } catch (error) {
        console.log(JSON.stringify({ code: error.code, message: error.message }));
        process.exit(1);
      }`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      ...options,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    children.push(child);
    const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
    return {
      child,
      said: JSON.parse(line.toString()) as {
        pid: number;
        attached: boolean;
        code?: string;
        message?: string;
      },
    };
  };

  it('creates the cluster, keeps its data and its port over a restart', async () => {
    const first = await launch();
    expect(first).toMatchObject({ created: true, attached: false });
    await query(first, 'create table kept as select 42 as n');
    expect(await first.stop()).toBe(true);
    expect(await isServerOf(first.pid, join(first.home, 'data'))).toBe(false);

    const second = await launch();
    expect(second).toMatchObject({ created: false, attached: false, port: first.port });
    expect(await query(second, 'select n from kept')).toEqual([{ n: 42 }]);
  });

  it('is durable, checksummed, listens on this machine only and wants the password', async () => {
    const server = await launch({ durable: true });
    const names = [
      'fsync',
      'full_page_writes',
      'synchronous_commit',
      'data_checksums',
      'listen_addresses',
      'unix_socket_directories',
    ];
    const rows = await query(
      server,
      `select name, setting from pg_settings where name = any('{${names.join(',')}}')`,
    );
    expect(Object.fromEntries(rows.map((row) => [row['name'], row['setting']]))).toEqual({
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      data_checksums: 'on',
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
    });
    expect(
      await query(
        server,
        `select lower('ÄÖ') as l, datlocprovider as p from pg_database where datname = 'postgres'`,
      ),
    ).toEqual([{ l: 'äö', p: 'b' }]);
    const intruder = new pg.Client({ connectionString: server.url().replace(server.password, 'guess') });
    await expect(intruder.connect()).rejects.toThrow(/password authentication failed/);
    expect(statSync(join(server.home, 'superuser.json')).mode & 0o777).toBe(0o600);
    expect(statSync(server.home).mode & 0o777).toBe(0o700);
  });

  it('attaches to the server that a killed parent left behind, and stops it', async () => {
    const { child, said } = await launchElsewhere();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isAlive(said.pid)).toBe(true);

    const heir = await launch();
    expect(heir).toMatchObject({ pid: said.pid, attached: true, created: false });
    expect(await query(heir, 'select 1 as n')).toEqual([{ n: 1 }]);
    expect(await heir.stop()).toBe(true);
    expect(await isServerOf(said.pid, join(heir.home, 'data'))).toBe(false);
  });

  it('lets a second launcher share the server; the last to leave stops it', async () => {
    const first = await launch();
    const { child, said } = await launchElsewhere();
    expect(said).toMatchObject({ pid: first.pid, attached: true });
    expect(await first.stop()).toBe(false);
    expect(isAlive(first.pid)).toBe(true);
    child.stdin?.write('stop\n');
    await once(child, 'exit');
    expect(await isServerOf(first.pid, join(first.home, 'data'))).toBe(false);
  });

  it('survives several starters at once on an empty folder', async () => {
    const running = await Promise.all([launchElsewhere(), launchElsewhere(), launchElsewhere()]);
    expect(new Set(running.map(({ said }) => said.pid)).size).toBe(1);
    expect(readdirSync(root)).toEqual(['postgres']);
  });

  it('recovers committed rows after the server itself was killed', async () => {
    const first = await launch({ durable: true });
    await query(first, 'create table kept as select generate_series(1, 1000) as n');
    process.kill(first.pid, 'SIGKILL');
    await first.lost;
    const second = await launch({ durable: true });
    expect(second.attached).toBe(false);
    expect(await query(second, 'select count(*)::int as n from kept')).toEqual([{ n: 1000 }]);
  });

  it.each(['of a dead process', 'of another program', 'of another server', 'without sense'])(
    'starts in spite of a stale postmaster.pid %s',
    async (kind) => {
      const first = await launch();
      await first.stop();
      const other = spawn('sleep', ['60']);
      children.push(other);
      const template = await readServerPid(cluster);
      const pids: Record<string, string | number> = {
        'of a dead process': 2 ** 22 - 3,
        'of another program': other.pid ?? 0,
        'of another server': template,
        'without sense': '',
      };
      writeFileSync(
        join(first.home, 'data', 'postmaster.pid'),
        `${pids[kind]}\n${first.home}/data\n0\n${first.port}\n\n127.0.0.1\n\nready\n`,
      );
      const second = await launch();
      expect(await query(second, 'select 1 as n')).toEqual([{ n: 1 }]);
    },
  );

  it('takes another port when the remembered one is taken, and refuses when it was asked for', async () => {
    const first = await launch();
    await first.stop();
    const other = await launch({ folder: join(root, 'other'), port: first.port });
    const second = await launch();
    expect(second.port).not.toBe(other.port);
    await expect(launch({ folder: join(root, 'third'), port: other.port })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: expect.stringContaining(`Port ${other.port}`),
    });
  });

  it('names a cluster of another major version, and a damaged one', async () => {
    const { home, stop } = await launch();
    await stop();
    writeFileSync(join(home, 'data', 'PG_VERSION'), '16\n');
    await expect(launch()).rejects.toMatchObject({
      code: 'WRONG_VERSION',
      message: expect.stringContaining('Postgres 16'),
    });
    rmSync(join(home, 'data', 'PG_VERSION'));
    await expect(launch()).rejects.toMatchObject({ code: 'FOLDER_DAMAGED' });
  });

  it('says so when the folder cannot be made', async () => {
    writeFileSync(join(root, 'file'), '');
    await expect(launch({ folder: join(root, 'file', 'postgres') })).rejects.toMatchObject({
      code: 'FOLDER_UNWRITABLE',
    });
    chmodSync(root, 0o555);
    // Root writes everywhere: try as somebody else.
    const { said } = await launchElsewhere(isRoot ? { uid: 65_534 } : {});
    expect(said).toMatchObject({ code: 'FOLDER_UNWRITABLE', message: expect.stringContaining(root) });
  });

  (isRoot ? it : it.skip)('moves a cluster that the unprivileged account could not enter', async () => {
    chmodSync(root, 0o700);
    const relocationRoot = mkdtempSync('/var/tmp/lorekeep-relocation-');
    chmodSync(relocationRoot, 0o755);
    const notices: string[] = [];
    const account = { kind: 'user', uid: 65_534, gid: 65_534, name: 'nobody' } as const;
    const options = { relocationRoot, runAs: () => account, notice: (line: string) => notices.push(line) };
    try {
      const first = await launch(options);
      expect(dirname(first.home)).toBe(relocationRoot);
      expect(statSync(first.home).uid).toBe(65_534);
      expect(notices).toEqual([expect.stringContaining(first.home)]);
      await query(first, 'create table kept as select 1 as n');
      await first.stop();
      // By default, who owns the cluster decides: no user namespace this time either.
      const second = await launch({ relocationRoot });
      expect(second).toMatchObject({ home: first.home, created: false });
      expect(await query(second, 'select n from kept')).toEqual([{ n: 1 }]);
      await second.stop();
      rmSync(first.home, { recursive: true });
      await expect(launch({ relocationRoot })).rejects.toMatchObject({ code: 'FOLDER_LOST' });
    } finally {
      rmSync(relocationRoot, { recursive: true });
    }
  });

  it('removes what a killed initdb left behind', async () => {
    const dead = `${folder}.tmp-${2 ** 22 - 3}-00000000`;
    writeFileSync(dead, '');
    await launch();
    expect(existsSync(dead)).toBe(false);
  });
});

async function readServerPid(connection: string): Promise<number> {
  const server = await readPostmaster(join(dirname(connection), 'postgres', 'data'));
  return server?.pid ?? 0;
}

async function query(server: RunningPostgres, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: server.url() });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}
