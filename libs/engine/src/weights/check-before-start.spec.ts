import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '@lorekeep/kit/clock';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkBeforeStart } from './check-before-start.js';
import { model, signal, WeightsFixture } from './testing/weights-fixture.js';

let fixture: WeightsFixture;
beforeEach(async () => void (fixture = await WeightsFixture.start()));
afterEach(() => fixture.stop());

let warned: string[];
beforeEach(() => void (warned = []));

const check = (requireSums = false, percents: number[] = []) =>
  checkBeforeStart({ clock: systemClock, requireSums, warn: (sentence) => warned.push(sentence) })(
    { basis: { model: model(), modelsFolder: join(fixture.root, 'models') } },
    (percent) => percents.push(percent),
    signal,
  );

describe('checkBeforeStart', () => {
  it('lets right weights pass, with progress', async () => {
    await fixture.fetchFrom(fixture.server.url);
    rmSync(join(fixture.folder, '.verified.json'));
    const percents: number[] = [];
    expect(await check(true, percents)).toEqual({ checked: true });
    expect(percents.at(-1)).toBe(100);
    expect(warned).toEqual([]);
  });

  it('names what is damaged and what repairs it', async () => {
    await fixture.fetchFrom(fixture.server.url);
    writeFileSync(join(fixture.folder, 'config.json'), '{}');
    expect(await check()).toEqual({
      checked: true,
      problem: expect.stringMatching(
        /config\.json is not what its SHA-256 sum says.* engine fetch gpt-oss-20b --from/,
      ),
    });
  });

  it('asks for a config.json at least where no sums are known, and for sums where they are required', async () => {
    const problem = async (required = false) => (await check(required)).problem;
    expect(await problem()).toMatch(/no weights of gpt-oss-20b: the folder .* does not exist/);
    mkdirSync(fixture.folder, { recursive: true });
    expect(await problem()).toMatch(/holds no config\.json/);
    writeFileSync(join(fixture.folder, 'config.json'), '{}');
    expect(warned).toEqual([]);
    expect(await check()).toEqual({ checked: false });
    expect(warned).toEqual([expect.stringContaining('weights of gpt-oss-20b start unchecked')]);
    expect(await problem(true)).toMatch(
      /sums of gpt-oss-20b are not known.* engine verify gpt-oss-20b --record/,
    );
  });
});
