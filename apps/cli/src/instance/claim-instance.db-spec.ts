import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  claimInstance,
  isRunning,
  readInstance,
  releaseInstance,
  updateInstance,
  type Instance,
} from './claim-instance.js';
import { processIdentity } from '@lorekeep/kit/process';

const instanceOf = (pid: number, identity = processIdentity(pid) ?? ''): Instance => ({
  pid,
  identity,
  command: 'start',
  url: 'http://localhost:3000',
  ready: false,
  children: [],
});

describe('claimInstance', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lorekeep-instance-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is taken while its holder runs, and free again after release', () => {
    const ours = instanceOf(process.pid);
    expect(claimInstance(folder, ours)).toEqual({ kind: 'claimed' });
    expect(statSync(join(folder, 'instance.json')).mode & 0o777).toBe(0o600);
    expect(claimInstance(folder, instanceOf(process.ppid))).toEqual({ kind: 'taken', by: ours });
    updateInstance(folder, { ...ours, ready: true });
    expect(readInstance(folder)?.ready).toBe(true);
    releaseInstance(folder, instanceOf(process.ppid));
    expect(readInstance(folder)).toBeDefined();
    releaseInstance(folder, ours);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes over from a killed holder, and says what it left', async () => {
    const child = spawn('sleep', ['60']);
    const dead = instanceOf(child.pid ?? 0);
    expect(isRunning(dead)).toBe(true);
    claimInstance(folder, dead);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(claimInstance(folder, instanceOf(process.pid))).toEqual({ kind: 'claimed', abandoned: dead });
  });

  it('does not believe a process id that was given to another process', () => {
    claimInstance(folder, instanceOf(process.ppid, 'started at another time'));
    expect(claimInstance(folder, instanceOf(process.pid)).kind).toBe('claimed');
  });

  it('replaces a damaged file', () => {
    writeFileSync(join(folder, 'instance.json'), '{"pid":');
    expect(claimInstance(folder, instanceOf(process.pid))).toEqual({ kind: 'claimed' });
  });
});
