import { describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { ExtractiveDriver } from '@lorekeep/inference';
import {
  ANSWER,
  MODEL,
  finish,
  passage,
  pathWorld,
  person,
  question,
  shown,
  text,
  walk,
} from './testing/path-world.js';

describe('a question that is answered', () => {
  it('goes step by step, and ends once', async () => {
    const world = pathWorld();
    const ctx = person();
    const { events, error } = await walk(world, question(), { ctx });
    expect(error).toBeNull();
    expect(events.map((event) => (event.kind === 'step' ? event.step : event.kind))).toEqual([
      'accepted',
      'auth',
      'quota',
      'firewall',
      'retrieval',
      'citations',
      'model',
      'text',
      'text',
      'finish',
      'end',
    ]);
    expect(events[0]).toEqual({
      kind: 'accepted',
      reference: ctx.traceId,
      question: 'How many days of annual leave do I get?',
    });
    expect(shown(events)).toBe('Thirty days [1].');
    expect(events.at(-1)).toMatchObject({
      kind: 'end',
      outcome: 'answered',
      usage: { promptTokens: 40, completionTokens: 2, estimated: false },
    });
  });

  it('comes with the spelling that may have been meant, and with the documents that it is from', async () => {
    const world = pathWorld();
    const found = { passages: [], withheld: 0, suggestion: 'annual leave', suggestionFrom: ['d1'] };
    world.ports = { ...world.ports, search: { run: () => Promise.resolve(found) } };
    const { events } = await walk(world);
    expect(events).toContainEqual({ kind: 'suggestion', text: 'annual leave', documentIds: ['d1'] });
  });

  it('is reserved, recorded, asked, settled and recorded again, in this order', async () => {
    const world = pathWorld();
    await walk(world);
    expect(world.log).toEqual(['reserved', 'opened', 'accepted', 'model asked', 'settled', 'closed']);
    expect(world.settled).toEqual([{ id: 'r1', tokens: 42 }]);
  });

  it('is recorded with everything that an auditor asks for', async () => {
    const world = pathWorld({
      passages: [passage(), passage({ id: 'p2', documentId: 'd2', title: 'Travel' })],
    });
    await walk(world, question({ collectionIds: ['c1'], model: 'big' }));
    expect(world.records).toHaveLength(1);
    expect(world.records[0]?.opened).toEqual({
      door: 'ask',
      model: 'big',
      documents: 'auto',
      collections: ['c1'],
      messages: 1,
      characters: 39,
      question: 'How many days of annual leave do I get?',
    });
    expect(world.records[0]?.closed).toMatchObject({
      outcome: 'answered',
      detail: {
        model: { model: 'test-model', driver: 'openai-compatible' },
        tokens: { prompt: 40, completion: 2, estimated: false },
        firewall: { action: 'allow', rules: [], redactions: 0 },
        passages: {
          shown: [
            { id: 'p1', documentId: 'd1', title: 'Leave' },
            { id: 'p2', documentId: 'd2', title: 'Travel' },
          ],
          withheld: 2,
          screenedOut: [],
          shadowed: [],
        },
        refusal: null,
        fault: null,
        finish: ['stop'],
        answer: 'Thirty days [1].',
      },
    });
  });

  it('sends nothing and asks no model before the opening record is durable', async () => {
    const world = pathWorld();
    const { open } = world.ports.audit;
    let durable = false;
    world.ports = {
      ...world.ports,
      audit: {
        open: async (ctx, detail) => {
          await delay(30);
          durable = true;
          return open(ctx, detail);
        },
      },
    };
    const { events, error } = await walk(world);
    expect(error).toBeNull();
    expect(durable).toBe(true);
    expect(world.log.indexOf('opened')).toBeLessThan(world.log.indexOf('accepted'));
    expect(world.log.indexOf('opened')).toBeLessThan(world.log.indexOf('model asked'));
    expect(events[0]?.kind).toBe('accepted');
  });

  it('tells the model the messages, the passages by number, and how to answer', async () => {
    const world = pathWorld();
    await walk(
      world,
      question({ door: 'draft', instructions: 'Answer formally.', parameters: { maxTokens: 50 } }),
    );
    expect(world.requests).toEqual([
      {
        model: 'test-model',
        conversation: expect.stringMatching(/^[0-9a-f]{64}$/),
        messages: [
          { role: 'system', content: 'Answer formally.' },
          { role: 'user', content: 'How many days of annual leave do I get?' },
        ],
        passages: [
          {
            number: 1,
            id: 'p1',
            title: 'Leave',
            heading: 'Annual leave',
            page: 3,
            content: 'Everyone has thirty days of annual leave.',
          },
        ],
        documents: 'cited',
        parameters: { maxTokens: 50 },
        task: 'draft',
        locale: 'en',
        delivery: 'stream',
      },
    ]);
  });

  it('reserves everything that is sent and every choice at its longest, and tells the model no more', async () => {
    const world = pathWorld({ answer: [MODEL, ...[0, 1, 2].flatMap((n) => [text('x', n), finish(n)])] });
    let reserved = 0;
    const { quota } = world.ports;
    world.ports = {
      ...world.ports,
      quota: { ...quota, reserve: async (ctx, need) => ((reserved = need.tokens), quota.reserve(ctx, need)) },
    };
    const least = async (more: Partial<Parameters<typeof question>[0]>) => {
      await walk(world, question(more));
      return reserved;
    };
    const plain = await least({ documents: 'none', parameters: { maxTokens: 20 } });
    expect(await least({ documents: 'none', parameters: { n: 3, maxTokens: 20 } })).toBe(plain + 2 * 20);
    expect(await least({ documents: 'none', parameters: {} })).toBe(plain + 80);
    // Four passages at their longest.
    expect(await least({ documents: 'auto', parameters: { maxTokens: 20 } })).toBe(plain + 4 * 500);
    const tools = [{ name: 'look', description: '书'.repeat(1_000) }];
    expect(await least({ documents: 'none', parameters: { maxTokens: 20, tools } })).toBeGreaterThan(
      plain + 1_000,
    );
  });

  it('searches nothing when no documents are wanted, and when there is nothing to search for', async () => {
    for (const asked of [
      question({ documents: 'none' }),
      question({ messages: [{ role: 'user', content: ' ' }] }),
    ]) {
      const world = pathWorld();
      world.ports = { ...world.ports, search: { run: () => Promise.reject(new Error('not to be asked')) } };
      const { events, error } = await walk(world, asked);
      expect(error).toBeNull();
      expect(events.some(({ kind }) => kind === 'citations')).toBe(false);
      expect(events.at(-1)).toMatchObject({ outcome: 'answered' });
    }
  });

  it('asks for as many passages as the tenant wants, and takes no more', async () => {
    const many = Array.from({ length: 9 }, (_, index) => passage({ id: `p${index}` }));
    const world = pathWorld({ passages: many, settings: { passagesPerQuestion: 2 } });
    await walk(world);
    expect(world.requests[0]?.passages.map(({ id }) => id)).toEqual(['p0', 'p1']);
  });

  it('counts what was used where the driver reports nothing', async () => {
    const world = pathWorld({ answer: ANSWER.filter(({ kind }) => kind !== 'usage') });
    const { events } = await walk(world);
    const end = events.at(-1);
    const units = 39 + 'Everyone has thirty days of annual leave.'.length;
    expect(end).toMatchObject({
      usage: { promptTokens: Math.ceil(units / 3), completionTokens: Math.ceil(16 / 3), estimated: true },
    });
    expect(world.settled[0]?.tokens).toBe(Math.ceil(units / 3) + Math.ceil(16 / 3));
  });

  it('is answered by quotation with the real driver that needs no model', async () => {
    const world = pathWorld({ passages: [passage({ content: 'You get 30 days of annual leave a year.' })] });
    const driver = new ExtractiveDriver();
    world.ports = {
      ...world.ports,
      drivers: {
        choose: async () => ({ model: 'extractive', driver }),
        fallback: () => ({ model: 'extractive', driver }),
      },
    };
    const { events, error } = await walk(world);
    expect(error).toBeNull();
    expect(shown(events)).toContain('You get 30 days of annual leave a year.');
    expect(shown(events)).toContain('[1]');
    expect(world.records[0]?.closed?.outcome).toBe('answered');
  });
});
