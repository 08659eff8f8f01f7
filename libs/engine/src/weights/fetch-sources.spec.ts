import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMIT, contents, sums, WeightsFixture } from './testing/weights-fixture.js';

let fixture: WeightsFixture;
beforeEach(async () => void (fixture = await WeightsFixture.start()));
afterEach(() => fixture.stop());

describe('fetchWeights from a hub', () => {
  it('takes the files of the first level at one commit, with the token', async () => {
    expect(await fixture.fetchFrom('hub')).toMatchObject({ files: 2, fetched: 2 });
    expect(fixture.isWhole()).toBe(true);
    expect(fixture.server.requests.every((line) => line.endsWith('Bearer hub-token'))).toBe(true);
    expect(await fixture.fetchFrom('hub')).toMatchObject({ fetched: 0 });
  });

  it('notices that a small file is not what the hub says', async () => {
    fixture.server.behaviour[`o/m/resolve/${COMMIT}/config.json`] = { wrongBytes: 9 };
    await expect(fixture.fetchFrom('hub')).rejects.toMatchObject({ code: 'ENGINE_WEIGHTS_WRONG_CONTENT' });
    expect(existsSync(join(fixture.folder, 'config.json'))).toBe(false);
  });

  it('says so when it is none', async () => {
    await expect(fixture.fetchFrom('hub', { repository: 'o/other' })).rejects.toMatchObject({
      code: 'ENGINE_WEIGHTS_NOT_FOUND',
    });
    await expect(fixture.fetchFrom('hub', { repository: undefined })).rejects.toMatchObject({
      code: 'ENGINE_WEIGHTS_NOT_FOUND',
    });
  });
});

describe('fetchWeights from a folder', () => {
  it('copies, from the fixture.folder itself or from one that holds it', async () => {
    const shelf = join(fixture.root, 'shelf', 'm');
    mkdirSync(shelf, { recursive: true });
    for (const [path, content] of contents) writeFileSync(join(shelf, path), content);
    await expect(fixture.fetchFrom(shelf)).rejects.toMatchObject({ code: 'ENGINE_WEIGHTS_NOT_FOUND' });
    writeFileSync(join(shelf, 'SHA256SUMS'), sums);
    expect(await fixture.fetchFrom(join(fixture.root, 'shelf'))).toMatchObject({ fetched: 2 });
    expect(fixture.isWhole()).toBe(true);
    writeFileSync(join(shelf, 'model.safetensors'), randomBytes(300_000));
    rmSync(fixture.folder, { recursive: true });
    await expect(fixture.fetchFrom(shelf)).rejects.toMatchObject({ code: 'ENGINE_WEIGHTS_WRONG_CONTENT' });
    expect(fixture.list()).not.toContain('model.safetensors');
  });
});
