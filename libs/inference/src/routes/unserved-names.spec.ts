import { describe, expect, it } from '@jest/globals';
import { parseRoutes } from './parse-routes.js';
import { NO_POLICY } from './resolve-route.js';
import { isServed, namesIn, quotedUseCases, servedNames, type KnownModels } from './unserved-names.js';

const known = (servers: KnownModels['servers'], configured: string[] = []): KnownModels => ({
  servers,
  configured,
});
const up = (...models: string[]) => ({ isUp: true, models });
const away = (models: string[] | null) => ({ isUp: false, models });
const ALL = ['question', 'drafting', 'code', 'creative', 'batch'];

describe('names of models', () => {
  it('are served where a server lists them, and surely not where all have said', () => {
    const both = known([up('a', 'b'), up('b', 'c')]);
    expect(servedNames(both)).toEqual(['a', 'b', 'c']);
    expect(['a', 'c', 'lama', 'extractive'].map((name) => isServed(name, both))).toEqual([
      ...['yes', 'yes', 'no', 'yes'],
    ]);
  });

  it('are not known while a server is away or has never said', () => {
    expect(isServed('b', known([up('a'), away(null)]))).toBe('unknown');
    expect(isServed('b', known([up('a'), away(['b'])]))).toBe('yes');
    expect(isServed('c', known([up('a'), away(['b'])]))).toBe('unknown');
    expect(isServed('c', known([{ isUp: true, models: null }]))).toBe('unknown');
  });

  it('are those of the settings where these name them, and none without a server', () => {
    expect(isServed('a', known([away(null)], ['a']))).toBe('yes');
    expect(isServed('b', known([up('b')], ['a']))).toBe('no');
    expect(servedNames(known([], ['a']))).toEqual([]);
    expect([isServed('a', known([])), isServed('extractive', known([]))]).toEqual(['no', 'yes']);
  });

  it('are found in routes, each once', () => {
    expect(namesIn(parseRoutes('question: a*9|b, c; code: b, d') ?? {})).toEqual(['a', 'b', 'c', 'd']);
    expect(namesIn({})).toEqual([]);
  });
});

describe('use cases that end in quotations', () => {
  const routes = (text: string) => ({ allowed: null, routes: parseRoutes(text) ?? {} });

  it('are none while a model of each can be asked', () => {
    expect(quotedUseCases(known([up('a')]), {}, NO_POLICY)).toEqual([]);
    expect(quotedUseCases(known([up('a'), away(['b'])]), {}, routes('code: b, a'))).toEqual([]);
  });

  it('are all without a server that can be asked, and those whose models are away or not there', () => {
    expect(quotedUseCases(known([away(['a'])]), {}, NO_POLICY)).toEqual(ALL);
    expect(quotedUseCases(known([up('a')]), {}, routes('question: typo; code: extractive'))).toEqual([
      'question',
    ]);
    const quoted = { allowed: ['extractive'], routes: {} };
    expect(quotedUseCases(known([up('a')]), {}, quoted)).toEqual([]);
    expect(quotedUseCases(known([up('a'), away(['b'])]), parseRoutes('code: b') ?? {}, NO_POLICY)).toEqual([
      'code',
    ]);
    expect(quotedUseCases(known([up('a')]), {}, { allowed: ['b'], routes: {} })).toEqual(ALL);
  });

  it('may be answered by anybody where the settings name a model that no server lists', () => {
    expect(quotedUseCases(known([up('other')], ['a']), {}, NO_POLICY)).toEqual([]);
    expect(quotedUseCases(known([away(['other'])], ['a']), {}, NO_POLICY)).toEqual(ALL);
  });
});
