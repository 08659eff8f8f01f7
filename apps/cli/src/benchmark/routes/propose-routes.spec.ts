import { describe, expect, it } from '@jest/globals';
import { inferenceConfigSchema, parseRoutes } from '@lorekeep/inference';
import { loadConfig } from '@lorekeep/kit/config';
import { parseEnv } from 'node:util';
import type { ModelReport, RoutesReport } from '../bench-report.js';
import { levelOf, modelOf, sweepTo, tasksOf } from '../testing/model-report.js';
import { proposeRoutes } from './propose-routes.js';
import { routeLines } from './route-lines.js';

const LLAMA = 'Llama-3.1-8B';
const GPT = 'gpt-oss-20b';
const tokens = (middle: number, count = 20): number[] =>
  Array.from({ length: count }, (_, at) => middle + (at - count / 2) * 0.1);
const allTasks = (code: number, mathematics: number, writing: number) => [
  ...tasksOf('code', code),
  ...tasksOf('mathematics', mathematics),
  ...tasksOf('writing', writing, 6),
];
const faster = (factor: number) => [
  levelOf({ firstTokens: tokens(100 / factor), durationMs: 2_000 / factor }),
];
const propose = (...models: ModelReport[]): RoutesReport => {
  const proposed = proposeRoutes({ models, interrupted: false });
  if (!proposed) throw new Error('No routes were proposed.');
  return proposed;
};
const reasonOf = ({ useCases }: RoutesReport, useCase: string): string =>
  useCases.find((row) => row.useCase === useCase)?.reason ?? '';

describe('routes by the figures of a bench', () => {
  it('are taken by the setting as they are printed', () => {
    const models = ['meta-llama/Llama-3.1-8B', 'org/other:v1.2', GPT];
    const routes = propose(
      ...models.map((model, at) =>
        modelOf(model, { tasks: allTasks(4 * at, 4 * at, 3 * at), levels: faster(1 + at) }),
      ),
    );
    const line = routeLines(routes).find((text) => text.startsWith('INFERENCE_ROUTES=')) ?? '';
    const { INFERENCE_ROUTES } = loadConfig(inferenceConfigSchema, parseEnv(line));
    expect(INFERENCE_ROUTES).toBe(routes.value);
    const order = [[...models].reverse().map((model) => [{ model, weight: 1 }])].flat();
    expect(parseRoutes(INFERENCE_ROUTES)).toEqual({ question: order, code: order, batch: order });
  });

  it('follow scores first, and speed where these are alike', () => {
    const slowAndAble = modelOf(GPT, { tasks: allTasks(12, 6, 6), levels: faster(0.5) });
    const fast = modelOf(LLAMA, { tasks: allTasks(4, 6, 6), levels: faster(2) });
    const routes = propose(slowAndAble, fast);
    expect(routes.value).toBe(
      `drafting: ${LLAMA}, ${GPT}; code: ${GPT}, ${LLAMA}; creative: ${LLAMA}, ${GPT}`,
    );
    expect(reasonOf(routes, 'code')).toBe(`code tasks passed: ${LLAMA} 4/12, ${GPT} 12/12`);
    expect(reasonOf(routes, 'drafting')).toMatch(
      /^writing tasks passed: .*; first token P50 with 1 at once: /,
    );
  });

  it('are the defaults where figures differ by no more than noise', () => {
    const one = modelOf(GPT, { tasks: allTasks(8, 9, 4), levels: faster(1.05) });
    const other = modelOf(LLAMA, { tasks: allTasks(10, 7, 5), levels: faster(1) });
    const routes = propose(one, other);
    expect(routes.value).toBe('');
    expect(routes.useCases.map(({ models }) => models[0])).toEqual([LLAMA, GPT, LLAMA, GPT, LLAMA]);
    expect(reasonOf(routes, 'code')).toContain('(no more than noise)');
    expect(routeLines(routes)).toContain('INFERENCE_ROUTES=""');
  });

  it('take four tasks to none for chance, and five to none not', () => {
    const standing = modelOf(LLAMA, { tasks: allTasks(5, 5, 5) });
    const other = (code: number) => modelOf(GPT, { tasks: allTasks(code, 5, 5) });
    expect(propose(standing, other(9)).value).toBe('');
    expect(propose(standing, other(10)).value).toBe(`code: ${GPT}, ${LLAMA}`);
  });

  it('do not take what was not measured for the worst', () => {
    const swept = modelOf('a', { sweep: sweepTo(32) });
    expect(propose(modelOf('b'), swept).value).toBe('');
  });

  it('do not let a faster model that scores lower, if only by one task, take the place of the default', () => {
    const standing = modelOf(GPT, { tasks: allTasks(9, 9, 5), levels: faster(1) });
    const quick = (writing: number) =>
      modelOf('quick', { tasks: allTasks(9, 9, writing), levels: faster(3) });
    expect(propose(standing, quick(4)).value).not.toMatch(/drafting|creative/);
    expect(propose(standing, quick(5)).value).toContain('drafting: quick');
  });

  it.each([
    ['no tasks were asked', [], 'not all have writing scores (--tasks)'],
    ['nobody passed one', allTasks(0, 0, 0), 'none passed a writing task'],
  ])('let speed decide questions and batches alone where %s', (_, tasks, why) => {
    const routes = propose(
      modelOf(LLAMA, { tasks, levels: faster(0.5) }),
      modelOf(GPT, { tasks, levels: faster(2) }),
    );
    expect(routes.value).toBe(`question: ${GPT}, ${LLAMA}; batch: ${GPT}, ${LLAMA}`);
    expect(reasonOf(routes, 'creative')).toContain(why);
  });

  it('do not follow speed where one alone has scores', () => {
    const scored = modelOf(GPT, { tasks: allTasks(9, 9, 6), levels: faster(1) });
    const quick = modelOf('quick', { levels: faster(3) });
    expect(propose(scored, quick).value).toBe(`question: quick, ${GPT}; batch: quick, ${GPT}`);
  });

  it('put goodput and the highest stable concurrency before first tokens', () => {
    const at = (concurrency: number, firstTokens: number[], durationMs: number) =>
      levelOf({ concurrency, firstTokens, durationMs, goals: { ttft: 500 } });
    const early = modelOf('early', { levels: [at(1, tokens(50), 2_000), at(16, tokens(900), 500)] });
    const steady = modelOf('steady', { levels: [at(1, tokens(100), 2_000), at(16, tokens(400), 500)] });
    expect(propose(early, steady).value).toMatch(/^question: steady, early/);
    const swept = (name: string, highest: number, first: number) =>
      modelOf(name, { sweep: sweepTo(highest), levels: [levelOf({ firstTokens: tokens(first) })] });
    expect(propose(swept('early', 16, 50), swept('steady', 32, 100)).value).toMatch(
      /^question: steady, early/,
    );
    expect(propose(swept('early', 16, 50), swept('steady', 18, 100)).value).toMatch(
      /^question: early, steady/,
    );
  });

  it('do not believe a median that a few requests could have moved', () => {
    const wide = (more: number) =>
      Array.from({ length: 20 }, (_, at) => (at < 11 ? 80 : 300) + at * 0.1 + more);
    const routes = propose(
      modelOf('a', { levels: [levelOf({ firstTokens: tokens(100) })] }),
      modelOf('b', { levels: [levelOf({ firstTokens: wide(0) })] }),
    );
    expect(routes).toMatchObject({ value: '' });
  });

  it('put last what fails, and leave out what answers nothing or can stand in no route', () => {
    const failing = modelOf(LLAMA, { levels: [levelOf({ firstTokens: tokens(10), failed: 10 })] });
    const routes = propose(
      failing,
      modelOf(GPT),
      modelOf('/models/folder'),
      modelOf('lorekeep-question'),
      modelOf('extractive'),
    );
    expect(routes.useCases[0]).toMatchObject({ useCase: 'question', models: [GPT, LLAMA], isDefault: false });
    const dead = modelOf(LLAMA, { levels: [levelOf({ firstTokens: [], failed: 10 })] });
    expect(proposeRoutes({ models: [dead, modelOf(GPT)], interrupted: false })).toBeNull();
  });

  it('compare levels that both have, and are not proposed of half a measurement', () => {
    const more = modelOf('a', {
      levels: [levelOf({ firstTokens: tokens(50) }), levelOf({ concurrency: 16, durationMs: 10 })],
    });
    const less = modelOf('b', { levels: [levelOf({ firstTokens: tokens(50) })] });
    expect(propose(more, less).value).toBe('');
    const some = modelOf('c', { levels: [...less.levels, levelOf({ concurrency: 16, durationMs: 1_000 })] });
    expect(propose(more, some, less).value).toBe('');
    expect(proposeRoutes({ models: [more, less], interrupted: true })).toBeNull();
  });
});
