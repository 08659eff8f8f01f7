import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '@lorekeep/kit/config';
import { inferenceConfigSchema } from '../inference.config.js';
import {
  MODELS_PER_STEP_MAX,
  parseRoute,
  parseRoutes,
  readRoutes,
  STEPS_MAX,
  WEIGHT_MAX,
} from './parse-routes.js';
import { NO_POLICY, resolveRoute } from './resolve-route.js';

describe('routes', () => {
  it('are read from a setting', () => {
    expect(parseRoutes('question: a*9 | b, org/c:v1 ; code: d;')).toEqual({
      question: [
        [
          { model: 'a', weight: 9 },
          { model: 'b', weight: 1 },
        ],
        [{ model: 'org/c:v1', weight: 1 }],
      ],
      code: [[{ model: 'd', weight: 1 }]],
    });
    expect(parseRoutes('')).toEqual({});
  });

  it.each([
    'x',
    'chat: a',
    'question',
    'question:',
    'question: a;question: b',
    'question: a,,b',
    'question: a*0',
  ])('are refused: %s', (text) => expect(parseRoutes(text)).toBeNull());

  it.each<[string, number, string, RegExp]>([
    ['question: a; chat: b', 14, 'chat', /use cases are question, drafting/],
    ['question a', 1, 'question a', /a colon/],
    ['question: a; code: b; question : c', 23, 'question', /already/],
    ['question: a,, b', 13, '', /has a name/],
    ['question: 问', 11, '问', /has a name/],
    ['question: a*9|b*none', 17, 'none', /share behind \*/],
    ['question: a*', 13, '', /share behind \*/],
    ['question: a*1*2', 13, '1*2', /share behind \*/],
    [
      `code: ${Array(STEPS_MAX + 1)
        .fill('a')
        .join(', ')}`,
      37,
      'a',
      /at most 10/,
    ],
    [
      `code: ${Array(MODELS_PER_STEP_MAX + 1)
        .fill('a')
        .join('|')}`,
      17,
      'a',
      /at most 5/,
    ],
  ])('are refused by place: %s', (text, at, part, why) => {
    expect(readRoutes(text)).toEqual({ mistake: { at, part, why: expect.stringMatching(why) } });
  });

  it('have limits', () => {
    const names = (count: number, by: string) => Array.from({ length: count }, (_, at) => `m${at}`).join(by);
    expect(parseRoute(names(STEPS_MAX, ','))).not.toBeNull();
    expect(parseRoute(names(STEPS_MAX + 1, ','))).toBeNull();
    expect(parseRoute(names(MODELS_PER_STEP_MAX, '|'))).not.toBeNull();
    expect(parseRoute(names(MODELS_PER_STEP_MAX + 1, '|'))).toBeNull();
    expect([WEIGHT_MAX, WEIGHT_MAX + 1].map((weight) => parseRoute(`a*${weight}`) === null)).toEqual([
      false,
      true,
    ]);
    expect(parseRoute('a'.repeat(201))).toBeNull();
    expect(() => loadConfig(inferenceConfigSchema, { INFERENCE_ROUTES: 'chat: a' })).toThrow(
      /INFERENCE_ROUTES/,
    );
    expect(() => loadConfig(inferenceConfigSchema, { INFERENCE_WEIGHTS: 'a=1' })).toThrow(
      /INFERENCE_WEIGHTS/,
    );
    const tenant = '11111111-1111-4111-8111-111111111111';
    const config = loadConfig(inferenceConfigSchema, { INFERENCE_WEIGHTS: `${tenant}=3` });
    expect(config.INFERENCE_WEIGHTS.get(tenant)).toBe(3);
  });

  it('end at the quotations, which are always there', () => {
    const order = (text: string) =>
      resolveRoute({
        ...{ useCase: 'question', models: ['a', 'b'], routes: parseRoutes(text)! },
        ...{ policy: NO_POLICY, conversation: 'x' },
      });
    expect(order('question: extractive, a')).toEqual([]);
    expect(order('question: b, extractive, a')).toEqual(['b']);
    expect([[], ['a']]).toContainEqual(order('question: a|extractive, b'));
  });

  it('tell models that write, make vectors and listen apart by their names', () => {
    const models = [
      'openai/whisper-large-v3-turbo',
      'bge-m3',
      'transcriber-7b',
      'qwen3-asr-0.6b',
      'basra-8b',
    ];
    const order = (useCase: 'question' | 'embedding' | 'transcription') =>
      resolveRoute({ useCase, models, routes: {}, policy: NO_POLICY, conversation: '' });
    expect(order('question')).toEqual(['basra-8b']);
    expect(order('embedding')).toEqual(['bge-m3']);
    expect(order('transcription')).toEqual([models[0], models[2], models[3]]);
  });

  it('divide conversations by weight, each always to the same side, the others after it', () => {
    const routes = parseRoutes('question: a*3|b, c')!;
    const order = (conversation: string) =>
      resolveRoute({ useCase: 'question', models: ['c', 'b', 'a'], routes, policy: NO_POLICY, conversation });
    const firsts = Array.from({ length: 2_000 }, (_, at) => order(`c${at}`)[0]);
    const share = firsts.filter((first) => first === 'a').length / firsts.length;
    expect(share).toBeGreaterThan(0.7);
    expect(share).toBeLessThan(0.8);
    expect(order('x')).toEqual(order('x'));
    expect([...order('x')].sort()).toEqual(['a', 'b', 'c']);
    expect(order('x')[2]).toBe('c');
  });
});
