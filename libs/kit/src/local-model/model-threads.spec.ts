import { afterEach, describe, expect, it } from '@jest/globals';
import { ModelThreads, type ModelThreadsOptions, WAITING_MAX } from './model-threads.js';

/** Long enough for a thread to start on a busy machine. */
const AMPLE = 10_000;
const SHORT = 50;
/** Longer than a spec may take: who is answered did not wait. */
const NEVER = 10 * 60_000;
const entry = { url: new URL('./stand-in-model.mjs', import.meta.url), execArgv: [] };
const named = { name: 'the classifier', meaning: 'an attack' };
const STAND_IN = { folder: 'x', addon: '', labels: [], threads: 1, ...named };
const open: ModelThreads[] = [];

function threads(part: Partial<ModelThreadsOptions> = {}): ModelThreads {
  const made = new ModelThreads({ ...STAND_IN, entry, ...part });
  open.push(made);
  return made;
}
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
const until = async (holds: () => boolean) => {
  for (const end = performance.now() + AMPLE; !holds() && performance.now() < end;)
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect(holds()).toBe(true);
};

describe('ModelThreads', () => {
  it('answers, one thread or two', async () => {
    for (const count of [1, 2]) {
      const classifier = threads({ threads: count });
      const texts = ['evil', 'good', 'evil too', 'good again'];
      const shares = await Promise.all(texts.map((text) => classifier.classify({ text }, AMPLE)));
      expect(shares).toEqual([0.97, 0.02, 0.97, 0.02]);
      expect(classifier.state).toEqual({ state: 'ready', reason: null, detail: null });
    }
  });

  it('is late: there is no answer, in time, and the next text has its own', async () => {
    const classifier = threads();
    await classifier.classify({ text: 'good' }, AMPLE);
    expect(await classifier.classify({ text: 'late' }, SHORT)).toBeNull();
    expect(await classifier.classify({ text: 'evil' }, AMPLE)).toBe(0.97);
  });

  it('is still loading: whoever cannot wait has no answer', async () => {
    const classifier = threads({ folder: 'slow' });
    expect(await classifier.classify({ text: 'evil' }, SHORT)).toBeNull();
    expect(await classifier.classify({ text: 'evil' }, AMPLE)).toBe(0.97);
  });

  it.each(['stall', 'hang'])('%ss: another thread takes its place', async (text) => {
    const classifier = threads({ stallMs: 100 });
    await classifier.classify({ text: 'good' }, AMPLE);
    expect(await classifier.classify({ text }, SHORT)).toBeNull();
    expect(await classifier.classify({ text: 'evil' }, AMPLE)).toBe(0.97);
  });

  it.each(['crash', 'exit'])(
    'dies by a text (%s): no answer at once, and another thread takes its place',
    async (text) => {
      const classifier = threads();
      await classifier.classify({ text: 'good' }, AMPLE);
      expect(await classifier.classify({ text }, AMPLE)).toBeNull();
      expect(await classifier.classify({ text: 'evil' }, AMPLE)).toBe(0.97);
    },
  );

  it.each(['fail', 'lie', 'none'])('has no share to tell (%s): no answer', async (text) => {
    const classifier = threads();
    expect(await classifier.classify({ text }, AMPLE)).toBeNull();
    expect(await classifier.classify({ text: 'good' }, AMPLE)).toBe(0.02);
  });

  it('takes no answer for another text than the one that was asked', async () => {
    expect(await threads().classify({ text: 'other' }, AMPLE)).toBe(0.02);
  });

  it.each([
    ['missing', 'the folder of the classifier has no config.json'],
    ['dies', 'the thread of the classifier has failed'],
  ])(
    'cannot be opened (%s): says why, answers nothing at once, and is opened again later',
    async (folder, reason) => {
      const told: unknown[] = [];
      const classifier = threads({ folder, reopenMs: 20, onState: (state) => told.push(state) });
      expect(await classifier.classify({ text: 'evil' }, AMPLE)).toBeNull();
      expect(classifier.state).toMatchObject({ state: 'failed', reason });
      expect(await classifier.classify({ text: 'evil' }, NEVER)).toBeNull();
      // Every attempt comes to the same: it is told once.
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(told).toMatchObject([{ state: 'failed', reason, detail: expect.any(String) }]);
      expect(told).toHaveLength(1);
    },
  );

  it('lets so many wait and no more', async () => {
    const classifier = threads({ folder: 'silent' });
    const asked = Array.from({ length: WAITING_MAX }, () => classifier.classify({ text: 'evil' }, 500));
    expect(await classifier.classify({ text: 'evil' }, NEVER)).toBeNull();
    expect(await Promise.all(asked)).toEqual(asked.map(() => null));
  });

  it('ends: those who wait have no answer', async () => {
    const classifier = threads();
    await until(() => classifier.state.state === 'ready');
    const asked = [
      classifier.classify({ text: 'hang' }, AMPLE),
      classifier.classify({ text: 'evil' }, AMPLE),
    ];
    await classifier.close();
    expect(await Promise.all(asked)).toEqual([null, null]);
    expect(await classifier.classify({ text: 'evil' }, AMPLE)).toBeNull();
  });
});
