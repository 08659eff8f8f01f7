import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Settings } from '../cli.config.js';
import { isRunning, readInstance } from '../instance/claim-instance.js';
import { processIdentity } from '@lorekeep/kit/process';
import { writeSampleState, type SampleState } from '../seed/sample-state.js';
import { Progress } from '../terminal/progress.js';
import { freePort } from './find-port.js';
import { MALLOC, NODE_ARGUMENTS } from './node-arguments.js';
import { AlreadyRunning, runInstance, type RunningInstance, type RunOptions } from './run-instance.js';

const scratch = dirname(process.env['LOREKEEP_TEST_POSTGRES'] ?? '');

/** Stands for gateway and worker: answers /readyz, notes how it ends. */
const SERVICE = (name: string) => `
  import { createServer } from 'node:http';
  import { appendFileSync } from 'node:fs';
  const note = (what) => appendFileSync(process.env.DATA_DIR + '/notes', '${name} ' + what + '\\n');
  note('start owner=' + (process.env.MIGRATIONS_DATABASE_URL ?? 'none'));
  const end = (how) => { note(how); process.exit(0); };
  process.on('SIGTERM', () => end('SIGTERM'));
  process.on('disconnect', () => end('disconnect'));
  setInterval(() => {}, 1000);
  if ('${name}' === 'gateway') createServer((_request, response) => response.end(JSON.stringify([...process.execArgv, process.env.MALLOC_MMAP_THRESHOLD_]))).listen(+process.env.PORT, '127.0.0.1');
`;

describe('runInstance', () => {
  let root: string;
  let settings: Settings;
  let shown: string[];
  const running: RunningInstance[] = [];

  beforeEach(async () => {
    root = mkdtempSync(join(scratch, 'instance-'));
    shown = [];
    settings = {
      dataDir: join(root, 'data'),
      port: await freePort('127.0.0.1'),
      host: '127.0.0.1',
      external: undefined,
      checkout: join(root, 'checkout'),
    };
    for (const name of ['gateway', 'worker']) install(name, SERVICE(name));
    mkdirSync(settings.dataDir);
    samples('done');
  });

  afterEach(async () => {
    for (const instance of running.splice(0)) await instance.stop();
    rmSync(root, { recursive: true });
  });

  const install = (name: string, code: string) => {
    const folder = join(settings.checkout, 'apps', name, 'dist');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'main.js'), code);
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  };

  const run = async (more: Partial<RunOptions> = {}) => {
    const instance = await runInstance({
      command: 'start',
      settings,
      environment: { MIGRATIONS_DATABASE_URL: '' },
      progress: new Progress(() => {}),
      signal: new AbortController().signal,
      show: (line) => shown.push(line),
      ...more,
    });
    running.push(instance);
    return instance;
  };

  const samples = (accounts: SampleState['accounts']) =>
    writeSampleState(settings.dataDir, { accounts, handbook: 'none' });

  const notes = () => readFileSync(join(settings.dataDir, 'notes'), 'utf8').trim().split('\n');

  it('starts everything, shows new accounts once, stops gateway before worker', async () => {
    samples('none');
    const first = await run();
    const ready = await fetch(`${first.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      ['--enable-source-maps', ...NODE_ARGUMENTS.gateway, MALLOC.MALLOC_MMAP_THRESHOLD_],
    ]);
    expect(readInstance(settings.dataDir)).toMatchObject({ ready: true, command: 'start', url: first.url });
    expect(shown.filter((line) => /^ +\S+@peilhaven\.example +\S{20,}$/.test(line))).toHaveLength(6);
    expect(statSync(join(settings.dataDir, 'ask-token')).mode & 0o777).toBe(0o600);
    expect(statSync(join(settings.dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
    await first.stop();
    expect(existsSync(join(settings.dataDir, 'instance.json'))).toBe(false);
    expect(existsSync(join(settings.dataDir, 'postgres', 'data', 'postmaster.pid'))).toBe(false);
    expect(notes().slice(2)).toEqual(['gateway SIGTERM', 'worker SIGTERM']);
    expect(notes().slice(0, 2).sort()).toEqual(['gateway start owner=none', 'worker start owner=none']);

    shown = [];
    const second = await run();
    expect(shown).toEqual([]);
    await second.stop();
    // As after a kill before the passwords were shown: nobody knows them.
    samples('begun');
    await run();
    expect(shown.filter((line) => /^ +\S+@peilhaven\.example +\S{20,}$/.test(line))).toHaveLength(6);
    // Three starts, the first of which loads all of it from the sources.
  }, 120_000);

  it('refuses a second one in the same folder', async () => {
    const first = await run();
    await expect(run()).rejects.toThrow(AlreadyRunning);
    await expect(run()).rejects.toThrow(`already running at ${first.url}`);
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  });

  it('starts a service again that died', async () => {
    const { url } = await run();
    const before = readInstance(settings.dataDir)?.children[0];
    process.kill(before?.pid ?? 0, 'SIGKILL');
    await until(() => readInstance(settings.dataDir)?.children[0]?.pid !== before?.pid);
    await until(async () => (await fetch(`${url}/readyz`).catch(() => undefined))?.ok === true);
  });

  it('ends the services of an instance that was killed, and only those', async () => {
    const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const other = spawn('sleep', ['60']);
    const dead = spawn('true');
    await once(dead, 'exit');
    const child = { pid: left.pid ?? 0, identity: processIdentity(left.pid ?? 0) ?? '' };
    writeFileSync(
      join(settings.dataDir, 'instance.json'),
      JSON.stringify({
        pid: dead.pid,
        identity: 'x',
        command: 'start',
        url: 'http://localhost:1',
        ready: true,
        children: [child, { pid: other.pid, identity: 'of an earlier process' }],
      }),
    );
    await run();
    expect(processIdentity(child.pid)).toBeUndefined();
    expect(other.exitCode).toBeNull();
    other.kill();
  });

  it('says that the port is taken, and leaves nothing behind', async () => {
    const other = createServer().listen(settings.port, '127.0.0.1');
    await once(other, 'listening');
    await expect(run()).rejects.toThrow(
      new RegExp(`^Port ${settings.port} is taken by another program.*PORT=`),
    );
    other.close();
    expect(readInstance(settings.dataDir)).toBeUndefined();
  });

  it('says why a gateway could not start, shows the passwords all the same, stops the rest', async () => {
    samples('none');
    install(
      'gateway',
      'console.error("gateway cannot start: not valid:\\n  SECRET: is required\\n  POOL: too small"); process.exit(1)',
    );
    await expect(run()).rejects.toThrow(
      /gateway ended[\s\S]*not valid:\n {2}SECRET: is required\n {2}POOL: too small$/,
    );
    expect(shown.filter((line) => /^ +\S+@peilhaven\.example +\S{20,}$/.test(line))).toHaveLength(6);
    expect(existsSync(join(settings.dataDir, 'postgres', 'data', 'postmaster.pid'))).toBe(false);
    expect(readInstance(settings.dataDir)).toBeUndefined();
  });

  it('names wrong settings before anything is made', async () => {
    const environment = { API_KEY_MAX_DAYS: 'zz', INFERENCE_URL: 'nowhere' };
    await expect(run({ environment })).rejects.toThrow(/API_KEY_MAX_DAYS: .*\n {2}INFERENCE_URL: /);
    expect(existsSync(join(settings.dataDir, 'postgres'))).toBe(false);
  });

  it('undoes a start that is interrupted', async () => {
    const controller = new AbortController();
    const lines: string[] = [];
    const progress = new Progress((line) => {
      lines.push(line);
      if (line.includes('Migrating')) controller.abort();
    });
    await expect(run({ signal: controller.signal, progress })).rejects.toMatchObject({ exitCode: 130 });
    expect(existsSync(join(settings.dataDir, 'postgres', 'data', 'postmaster.pid'))).toBe(false);
    expect(readInstance(settings.dataDir)).toBeUndefined();
  });

  it('says so when the database dies under it', async () => {
    const instance = await run();
    const pid = Number(
      readFileSync(join(settings.dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0],
    );
    process.kill(pid, 'SIGKILL');
    expect(await instance.failed).toMatch(/database ended by itself/);
    const recorded = readInstance(settings.dataDir);
    expect(recorded && isRunning(recorded)).toBe(true);
  });
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('it did not happen within a minute');
    await delay(50);
  }
}
