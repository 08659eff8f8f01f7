import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemPace } from './pace.js';
import { ProcessGroup } from './process-group.js';
import { RunFile } from './run-file.js';

let folder: string;
let child: ChildProcess;
const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'run-file-'));
  child = spawn('sleep', ['600'], { stdio: 'ignore' });
  await new Promise((spawned) => child.once('spawn', spawned));
});
afterEach(() => {
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

describe('what the last run left behind', () => {
  it('is ended by its id', async () => {
    await new RunFile(folder, 'm').write([child.pid ?? 0]);
    const next = new RunFile(folder, 'm');
    expect(await next.orphans()).toHaveLength(1);
    expect(await next.endOrphans(systemPace)).toBe(1);
    expect(ended()).toBe(true);
    expect(await next.orphans()).toEqual([]);
  });

  it('is left alone when its identity is another: the id was given away', async () => {
    const file = new RunFile(folder, 'm');
    await file.write([child.pid ?? 0]);
    const path = join(folder, 'm.run.json');
    const { processes } = JSON.parse(readFileSync(path, 'utf8')) as {
      processes: Record<string, unknown>[];
    };
    writeFileSync(path, JSON.stringify({ processes: [{ ...processes[0], identity: 'another' }] }));
    expect(await file.endOrphans(systemPace)).toBe(0);
    expect(ended()).toBe(false);
  });

  it.each(['', '{', '{"processes":[{"pid":1,"identity":"a"}]}', '{"processes":"all"}'])(
    'is nobody where the file holds %j',
    async (text) => {
      writeFileSync(join(folder, 'm.run.json'), text);
      expect(await new RunFile(folder, 'm').endOrphans(systemPace)).toBe(0);
    },
  );

  it('holds no command line', async () => {
    await new RunFile(folder, 'm').write([child.pid ?? 0]);
    expect(readFileSync(join(folder, 'm.run.json'), 'utf8')).not.toContain('sleep');
  });
});

describe('a process group', () => {
  const launch = (script: string, lines: string[] = []): ProcessGroup =>
    ProcessGroup.launch(
      {
        command: ['sh', '-c', script],
        environment: { PATH: '/usr/bin:/bin' },
        folder,
        onLine: (line) => lines.push(line),
      },
      systemPace,
    );

  it('ends with its children, a stopped one too', async () => {
    const group = launch('sleep 600 & kill -STOP $!; sleep 600 & wait');
    await systemPace.sleep(200);
    expect((await group.members()).length).toBe(3);
    await group.end(5_000);
    expect(await group.members()).toEqual([]);
  });

  it('is killed when it does not heed SIGTERM', async () => {
    const group = launch("trap '' TERM; while :; do sleep 0.1; done");
    await systemPace.sleep(200);
    await group.end(300);
    expect(await group.exited).toMatchObject({ signal: 'SIGKILL' });
  });

  it('tells lines of both streams, the exit code 0 too, and a program that is not there', async () => {
    const lines: string[] = [];
    const group = launch("printf 'one\\rtwo\\n'; echo three >&2", lines);
    expect(await group.exited).toEqual({ code: 0, signal: null });
    await systemPace.sleep(100);
    expect(lines.sort()).toEqual(['one', 'three', 'two']);
    const missing = ProcessGroup.launch(
      { command: ['/nowhere/vllm'], environment: {}, folder, onLine: () => undefined },
      systemPace,
    );
    expect(await missing.exited).toEqual({ code: null, signal: null, error: 'ENOENT' });
    await missing.end(100);
  });
});
