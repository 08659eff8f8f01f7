import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { hostSocket } from '@lorekeep/engine';

describe('deploy/docker/probe-engine.mjs', () => {
  let folder: string;
  let server: Server | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'probe-'));
  });
  afterEach(async () => {
    server?.closeAllConnections();
    await new Promise<void>((closed) => (server ? server.close(() => closed()) : closed()));
    server = undefined;
    rmSync(folder, { recursive: true });
  });

  /** A host whose status is this, or that says nothing at all. */
  async function host(instances: object[] | 'silent'): Promise<void> {
    server = createServer((request, response) => {
      if (instances !== 'silent' && request.url === '/engine/status')
        response.end(JSON.stringify({ instances }));
    });
    await new Promise<void>((open) => server?.listen(hostSocket(folder), open));
  }
  const instance = (state: string, progress: object | null = null, reason: string | null = null) => ({
    id: 'm-0',
    state,
    progress,
    reason,
  });

  const probe = (mode: string): Promise<[number | null, string]> =>
    new Promise((ended) => {
      const child = spawn(process.execPath, ['deploy/docker/probe-engine.mjs', mode], {
        env: { ENGINE_DATA_DIR: folder },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let said = '';
      child.stdout.on('data', (part: Buffer) => (said += part.toString()));
      child.once('close', (code) => ended([code, said.trim()]));
    });

  it('is ready when a model answers', async () => {
    await host([instance('ready'), instance('failed')]);
    expect(await probe('ready')).toEqual([0, 'm-0: ready; m-0: failed']);
    expect(await probe('live')).toEqual([0, 'm-0: ready; m-0: failed']);
  });

  it('is alive, and not ready, while a model loads, waits or has failed: its host sees to it', async () => {
    await host([
      instance('starting', { percent: 43.7, remainingSeconds: 61.2 }),
      instance('backoff', null, 'It was ended by SIGKILL.'),
    ]);
    const said = 'm-0: starting 43 %, 62 s left; m-0: backoff (It was ended by SIGKILL.)';
    expect(await probe('ready')).toEqual([1, said]);
    expect(await probe('live')).toEqual([0, said]);
  });

  it('is not alive where no host answers', async () => {
    expect(await probe('live')).toEqual([1, expect.stringContaining('does not answer')]);
    await host('silent');
    expect(await probe('live')).toEqual([1, 'the engine host does not answer: no answer within 5000 ms']);
    expect((await probe('well'))[0]).toBe(2);
  }, 15_000);
});
