import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readEvents, type Client } from '../support/client.js';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { startStack, type Stack } from '../support/stack.js';
import { until } from '../support/until.js';

const WORD = 'heliotrope';
const MARK = '▇▇▇';
/** Half a minute of an answer that says the word again and again, cut within it, unless it is hurried. */
const SLOW = Array.from({ length: 150 }, () => ['pale helio', 'trope, ']).flat();
const QUESTION = 'Say something about flowers.';
const A_SECOND = 1_000;

/** What comes of an answer, as it comes. */
async function listen(client: Client) {
  const response = await client.raw('POST', '/api/ask', { question: QUESTION });
  let raw = '';
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>)
      raw += decoder.decode(part, { stream: true });
  })();
  const texts = () =>
    readEvents(raw.slice(0, raw.lastIndexOf('\n\n') + 2)).filter(({ kind }) => kind === 'text').length;
  await until(async () => texts() > 2);
  return {
    /** How many pieces of text have come so far. */
    texts,
    ended: async () => {
      await reading;
      const events = readEvents(raw);
      const text = events.flatMap((event) => (event.kind === 'text' ? String(event.text) : []));
      return { text: text.join(''), outcome: events.at(-1)?.outcome };
    },
  };
}

describe('forbidden words that change while answers are written', () => {
  let vllm: FakeVllm;
  let stack: Stack;
  let clients: Client[];

  beforeAll(async () => {
    vllm = await startFakeVllm(['--model', 'm']);
    const settings = { INFERENCE_URL: vllm.url, INFERENCE_MODELS: 'm' };
    stack = await startStack(settings);
    const other = await stack.gateway(settings);
    const anna = await stack.person('anna@first.example');
    clients = [anna, anna.at(other)];
  }, 120_000);
  afterAll(async () => {
    await stack?.stop();
    await vllm?.stop();
  });

  const WORD_MASKED = { text: WORD, category: 'flowers', action: 'redact' };
  const addWord = async () => {
    const added = await stack.admin.call('POST', '/api/admin/words', { words: [WORD_MASKED] });
    expect(added.status).toBe(201);
  };
  const rowsOf = async (path: string) =>
    ((await stack.admin.call('GET', path)).body as { rows: { id: string; state?: string }[] }).rows;
  const deleteWords = async () => {
    for (const { id } of await rowsOf('/api/admin/words'))
      expect((await stack.admin.call('DELETE', `/api/admin/words/${id}`)).status).toBe(204);
  };
  const putPolicy = async (categories: object) => {
    const put = await stack.admin.call('PUT', '/api/admin/scanner/policy', { categories });
    expect(put.status).toBe(200);
  };
  const inForce = () => new Promise((resolve) => setTimeout(resolve, A_SECOND));
  beforeEach(async () => {
    await deleteWords();
    for (const { id, state } of await rowsOf('/api/admin/word-lists'))
      if (state === 'active') await stack.admin.call('POST', `/api/admin/word-lists/${id}/undo`);
    await putPolicy({});
    await inForce();
  });

  /** Answers of every gateway that are under way when `change` is made, and those that are asked for a second later. */
  async function around(change: () => Promise<unknown>) {
    await vllm.reset();
    await vllm.script({ content: SLOW, reasoning: [], tokenMs: 100, times: clients.length });
    const running = await Promise.all(clients.map(listen));
    const before = running.map(({ texts }) => texts());
    await change();
    const changedAt = performance.now();
    const during = running.map(({ texts }) => texts());
    await new Promise((resolve) => setTimeout(resolve, A_SECOND - (performance.now() - changedAt)));
    const fresh = { content: ['a pale helio', 'trope', ' there'], reasoning: [], times: clients.length };
    await vllm.script(fresh);
    const next = await Promise.all(clients.map((client) => client.ask(QUESTION)));
    await vllm.hurry();
    const ended = await Promise.all(running.map(({ ended }) => ended()));
    // The change fell into the answers, not before or after them.
    for (const texts of [...before, ...during]) expect(texts).toBeLessThan(SLOW.length - 10);
    return { ended, next: next.map(({ text, events }) => ({ text, outcome: events.at(-1)?.outcome })) };
  }
  const everywhere = <Value>(value: Value): Value[] => clients.map(() => value);
  const whole = { text: SLOW.join(''), outcome: 'answered' };
  const masked = { text: SLOW.join('').replaceAll(WORD, MARK), outcome: 'answered' };
  const plain = { text: 'a pale heliotrope there', outcome: 'answered' };
  it('leave a running answer as it began, and are in force a second later in every gateway', async () => {
    const { ended, next } = await around(addWord);
    expect(ended).toEqual(everywhere(whole));
    expect(next).toEqual(everywhere({ text: `a pale ${MARK} there`, outcome: 'answered' }));
  });

  it('switch no action in the middle: what is masked stays masked, what stops stops the next answer', async () => {
    await addWord();
    await inForce();
    const { ended, next } = await around(() => putPolicy({ flowers: { action: 'stop' } }));
    expect(ended).toEqual(everywhere(masked));
    expect(next).toEqual(everywhere({ text: 'a pale ', outcome: 'stopped' }));
  });

  it('stay in force in a running answer when they are deleted', async () => {
    await addWord();
    await inForce();
    const { ended, next } = await around(deleteWords);
    expect(ended).toEqual(everywhere(masked));
    expect(next).toEqual(everywhere(plain));
  });

  it('come in a list just so', async () => {
    const form = new FormData();
    for (const [field, value] of Object.entries({ name: 'flowers', category: 'list', action: 'stop' }))
      form.append(field, value);
    form.append('file', new Blob([`${WORD}\n`]), 'flowers.txt');
    const { id } = (await stack.admin.call('POST', '/api/admin/word-lists', form)).body as { id: string };
    const path = `/api/admin/word-lists/${id}`;
    await until(
      async () => ((await stack.admin.call('GET', path)).body as { state: string }).state === 'preview',
    );
    const { ended, next } = await around(async () => {
      expect((await stack.admin.call('POST', `${path}/confirm`)).status).toBe(200);
    });
    expect(ended).toEqual(everywhere(whole));
    expect(next).toEqual(everywhere({ text: 'a pale ', outcome: 'stopped' }));
  });
});
