import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchWeights } from './fetch-weights.js';
import { HOLD_FILE, holdFolder } from './hold-folder.js';
import { openSource } from './open-source.js';
import { big, config, listed, model, settings, signal, WeightsFixture } from './testing/weights-fixture.js';
import { WeightsServer } from './testing/weights-server.js';
import { verifyWeights } from './verify-weights.js';
import type { WeightsProgress } from './weights-progress.js';

let fixture: WeightsFixture;
beforeEach(async () => void (fixture = await WeightsFixture.start()));
afterEach(() => fixture.stop());

describe('fetchWeights from a mirror', () => {
  it('brings all files with progress, and none twice', async () => {
    const progress: WeightsProgress[] = [];
    const report = await fixture.fetchFrom(
      fixture.server.url,
      {},
      { onProgress: (event) => progress.push(event) },
    );
    expect(report).toEqual({
      folder: fixture.folder,
      files: 2,
      bytes: big.length + config.length,
      fetched: 2,
    });
    expect(fixture.isWhole()).toBe(true);
    const last = progress.at(-1);
    expect(last).toMatchObject({ phase: 'fetching', number: 2, files: 2, bytes: last?.total });
    expect(progress.every(({ bytes, total }) => bytes <= total)).toBe(true);
    const before = fixture.server.requests.length;
    expect(await fixture.fetchFrom(`${fixture.server.url}/m/`)).toMatchObject({ fetched: 0 });
    expect(fixture.server.requests.slice(before).some((line) => line.includes('safetensors'))).toBe(false);
    expect(await verifyWeights(fixture.folder, model(), { signal })).toMatchObject({
      state: 'verified',
      read: 0,
    });
    expect(fixture.server.requests.some((line) => line.includes('hub-token'))).toBe(false);
  });

  it('goes on where a broken connection ended', async () => {
    fixture.behave('model.safetensors', { breakAfter: { bytes: 100_000, times: 2 } });
    await fixture.fetchFrom(fixture.server.url);
    expect(fixture.isWhole()).toBe(true);
    const ranges = fixture.asked('model.safetensors').slice(-3);
    expect(ranges).toEqual([
      '',
      expect.stringMatching(/^bytes=\d+-$/),
      expect.stringMatching(/^bytes=\d+-$/),
    ]);
  });

  it('begins again where Range is ignored', async () => {
    fixture.behave('model.safetensors', { ignoreRange: true, breakAfter: { bytes: 100_000, times: 2 } });
    await fixture.fetchFrom(fixture.server.url);
    expect(fixture.isWhole()).toBe(true);
  });

  it('asks again after silence, a busy server and a wrong range', async () => {
    fixture.behave('model.safetensors', {
      silentAfter: { bytes: 1000, times: 1 },
      statuses: [503, 429, 500],
    });
    fixture.behave('config.json', { statuses: [502] });
    await fixture.fetchFrom(fixture.server.url);
    expect(fixture.isWhole()).toBe(true);
  });

  it('gives up on a server that answers with other ranges, and keeps what is right', async () => {
    fixture.behave('model.safetensors', { breakAfter: { bytes: 100_000, times: 1 }, wrongRange: true });
    await expect(fixture.fetchFrom(fixture.server.url)).rejects.toMatchObject({
      code: 'ENGINE_WEIGHTS_UNREACHABLE',
    });
    expect(existsSync(join(fixture.folder, 'model.safetensors'))).toBe(false);
    // A connection that breaks may take with it what was sent and not yet read.
    const kept = readFileSync(join(fixture.folder, 'model.safetensors.part'));
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThanOrEqual(100_000);
    expect(kept.equals(big.subarray(0, kept.length))).toBe(true);
    fixture.behave('model.safetensors', {});
    await fixture.fetchFrom(fixture.server.url);
    expect(fixture.isWhole()).toBe(true);
    expect(fixture.asked('model.safetensors').at(-1)).toBe(`bytes=${kept.length}-`);
  });

  it.each([
    ['too short', 1000],
    ['too long', 400_000],
  ])('leaves nothing wrong under its name when the length is a lie: %s', async (_name, claim) => {
    fixture.behave('model.safetensors', { claim });
    if (claim < big.length) {
      await expect(fixture.fetchFrom(fixture.server.url)).rejects.toMatchObject({
        code: 'ENGINE_WEIGHTS_WRONG_CONTENT',
      });
      expect(fixture.list()).not.toContain('model.safetensors.part');
    } else {
      // Cut off behind its last byte, and whole by its sum.
      await fixture.fetchFrom(fixture.server.url);
      expect(fixture.isWhole()).toBe(true);
      rmSync(fixture.folder, { recursive: true });
    }
    await expect(fixture.fetchFrom(fixture.server.url, { files: listed })).rejects.toMatchObject({
      code: 'ENGINE_WEIGHTS_UNREACHABLE',
      safeText: expect.stringMatching(/offers model.safetensors with \d+ bytes, and it has 300000/),
    });
    expect(fixture.list()).not.toContain('model.safetensors');
  });

  it('stops reading a file that does not end', async () => {
    fixture.behave('config.json', { chunked: true });
    const short = listed.map((file) => (file.path === 'config.json' ? { ...file, bytes: 5 } : file));
    await expect(fixture.fetchFrom(fixture.server.url, { files: short })).rejects.toMatchObject({
      code: 'ENGINE_WEIGHTS_UNREACHABLE',
      safeText: expect.stringContaining('sends more of config.json than its 5 bytes'),
    });
    expect(existsSync(join(fixture.folder, 'config.json'))).toBe(false);
  });

  it('fetches once more what came out wrong, and refuses it then', async () => {
    fixture.behave('model.safetensors', { wrongBytes: 1 });
    await fixture.fetchFrom(fixture.server.url);
    expect(fixture.isWhole()).toBe(true);
    rmSync(fixture.folder, { recursive: true });
    fixture.behave('model.safetensors', { wrongBytes: 9 });
    await expect(fixture.fetchFrom(fixture.server.url)).rejects.toMatchObject({
      code: 'ENGINE_WEIGHTS_WRONG_CONTENT',
    });
    expect(fixture.list()).not.toContain('model.safetensors');
    expect(fixture.list()).not.toContain('model.safetensors.part');
  });

  it('replaces a damaged file, and throws away a part that is too long', async () => {
    mkdirSync(fixture.folder, { recursive: true });
    writeFileSync(join(fixture.folder, 'config.json'), 'damaged');
    writeFileSync(join(fixture.folder, 'model.safetensors.part'), randomBytes(400_000));
    expect(await fixture.fetchFrom(fixture.server.url, { files: listed })).toMatchObject({ fetched: 2 });
    expect(fixture.isWhole()).toBe(true);
  });

  it('takes a part that is whole already', async () => {
    mkdirSync(fixture.folder, { recursive: true });
    writeFileSync(join(fixture.folder, 'model.safetensors.part'), big);
    await fixture.fetchFrom(fixture.server.url);
    expect(fixture.isWhole()).toBe(true);
    expect(fixture.asked('model.safetensors').at(-1)).toBe(`bytes=${big.length}-`);
  });

  it('says what is missing, forbidden or nowhere', async () => {
    fixture.behave('model.safetensors', { statuses: [404] });
    await expect(fixture.fetchFrom(fixture.server.url)).rejects.toMatchObject({
      code: 'ENGINE_WEIGHTS_NOT_FOUND',
    });
    fixture.behave('model.safetensors', { statuses: [403] });
    await expect(fixture.fetchFrom(fixture.server.url)).rejects.toMatchObject({
      code: 'ENGINE_WEIGHTS_NOT_ALLOWED',
    });
    await expect(fixture.fetchFrom(`${fixture.server.url}/elsewhere`)).rejects.toMatchObject({
      code: 'ENGINE_WEIGHTS_NOT_FOUND',
    });
    const { url } = fixture.server;
    await fixture.server.stop();
    await expect(fixture.fetchFrom(url)).rejects.toMatchObject({ code: 'ENGINE_WEIGHTS_UNREACHABLE' });
  });

  it('refuses a list of sums that leaves the folder', async () => {
    const files = new Map([['m/SHA256SUMS', Buffer.from(`${'a'.repeat(64)}  ../secrets\n`)]]);
    const wrong = await WeightsServer.start(files);
    await expect(fixture.fetchFrom(wrong.url)).rejects.toMatchObject({ code: 'ENGINE_WEIGHTS_SUMS_INVALID' });
    await wrong.stop();
  });

  it('begins nothing without the space for it', async () => {
    const room = (bytes: number) => ({ freeBytes: () => Promise.resolve(2 ** 30 + bytes) });
    const needed = big.length + config.length;
    await expect(fixture.fetchFrom(fixture.server.url, {}, room(needed - 1))).rejects.toMatchObject({
      code: 'ENGINE_WEIGHTS_NO_SPACE',
      safeText: expect.stringMatching(/free and 1.00 GiB must stay so/),
    });
    expect(fixture.list()).toEqual([]);
    await fixture.fetchFrom(fixture.server.url, {}, room(needed));
    expect(fixture.isWhole()).toBe(true);
  });

  it('stops when it is told to, and goes on later', async () => {
    fixture.behave('model.safetensors', { silentAfter: { bytes: 50_000, times: 1 } });
    const stop = new AbortController();
    const described = model();
    const source = await openSource(
      fixture.server.url,
      described,
      { ...settings, silenceMs: 60_000 },
      stop.signal,
    );
    const fetching = fetchWeights(source, fixture.folder, described, {
      signal: stop.signal,
      onProgress: ({ bytes }) => void (bytes >= 50_000 && stop.abort(new Error('enough'))),
    });
    await expect(fetching).rejects.toThrow();
    expect(fixture.list()).not.toContain(HOLD_FILE);
    expect(fixture.list()).not.toContain('model.safetensors');
    await fixture.fetchFrom(fixture.server.url);
    expect(fixture.isWhole()).toBe(true);
  });

  it('does not fill a fixture.folder that another fetch fills; one that died holds nobody up', async () => {
    mkdirSync(fixture.folder, { recursive: true });
    await holdFolder(fixture.folder, async () => {
      await expect(fixture.fetchFrom(fixture.server.url)).rejects.toMatchObject({
        code: 'ENGINE_WEIGHTS_BUSY',
      });
    });
    writeFileSync(join(fixture.folder, HOLD_FILE), JSON.stringify({ pid: process.pid, identity: 'another' }));
    await fixture.fetchFrom(fixture.server.url);
    expect(fixture.isWhole()).toBe(true);
  });
});
