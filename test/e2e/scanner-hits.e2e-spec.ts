import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '../support/client.js';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { startStack, type Stack } from '../support/stack.js';
import { until } from '../support/until.js';

interface Hit {
  readonly reference: string;
  readonly start: number;
  readonly original: string | null;
  readonly folded: string | null;
  readonly folds: readonly string[];
  readonly rule: object;
}

describe('what the scanner found', () => {
  let vllm: FakeVllm;
  let stack: Stack;
  let anna: Client;
  let operator: Client;

  beforeAll(async () => {
    vllm = await startFakeVllm(['--model', 'm']);
    stack = await startStack({ INFERENCE_URL: vllm.url, INFERENCE_MODELS: 'm' });
    anna = await stack.person('anna@first.example');
    operator = await stack.person('operator@first.example', { roles: ['auditor'] });
  }, 120_000);
  afterAll(async () => {
    await stack?.stop();
    await vllm?.stop();
  });

  it.each([
    ['redact', 'nightingale', 'answered'],
    ['stop', 'kingfisher', 'stopped'],
  ])(
    'is seen by an operator, as it was written and folded, and by nobody else (%s)',
    async (action, text, outcome) => {
      const word = { text, category: 'birds', action };
      expect((await stack.admin.call('POST', '/api/admin/words', { words: [word] })).status).toBeLessThan(
        300,
      );
      const written = text[0]?.toUpperCase() + text.slice(1);
      await vllm.script({
        content: ['It is ', written.slice(0, 5), written.slice(5), ' there.'],
        reasoning: [],
      });
      // A word is in force everywhere within a second.
      const asked = await until(async () => {
        const answer = await anna.ask('What is it called?');
        return answer.events.at(-1)?.outcome === outcome && !answer.text.includes(written) ? answer : null;
      });
      const reference = String(asked.events[0]?.reference);
      const { status, body } = await operator.call('GET', '/api/scanner/hits');
      expect(status).toBe(200);
      const hits = (body as { rows: Record<string, unknown>[] }).rows;
      expect(hits.filter((hit) => hit.reference === reference)).toMatchObject([
        {
          ...{ category: 'birds', action, original: written, folded: text, start: 6, end: 6 + text.length },
          rule: { kind: 'word', text },
        },
      ]);
      expect((await anna.call('GET', '/api/scanner/hits')).status).toBe(403);
      const audit = await operator.call('GET', '/api/audit?limit=200');
      expect(audit.text).not.toContain(written);
    },
  );

  /** What was found in the next answer that has none of this text any more. */
  async function foundIn(content: string, hidden: string) {
    await vllm.script({ content: [content], reasoning: [] });
    const asked = await until(async () => {
      const answer = await anna.ask('What is it called?');
      return answer.events.at(-1)?.outcome === 'answered' && !answer.text.includes(hidden) ? answer : null;
    });
    const reference = String(asked.events[0]?.reference);
    const { body } = await operator.call('GET', `/api/scanner/hits?reference=${reference}`);
    return (body as { rows: Hit[] }).rows.toSorted((a, b) => a.start - b.start);
  }

  it('is told as the entry that it was read as, through whatever folds, with the rule that fired', async () => {
    const words = ['heliotrope', '甲骨文'].map((text) => ({ text, category: 'plants', action: 'redact' }));
    expect((await stack.admin.call('POST', '/api/admin/words', { words })).status).toBeLessThan(300);
    const { body } = await stack.admin.call('GET', '/api/admin/scanner/policy');
    const { folds } = body as { folds: string[] };
    const categories = { plants: { folds } };
    expect((await stack.admin.call('PUT', '/api/admin/scanner/policy', { categories })).status).toBe(200);
    const forms = [
      ['Heliotrope', 'heliotrope', null],
      ['h3liotrope', 'heliotrope', 'leet'],
      ['hеliоtrоре', 'heliotrope', 'homoglyph'],
      ['helio<b>trope', 'heliotrope', 'markup'],
      [String.raw`\u7532\u9aa8\u6587`, '甲骨文', 'markup'],
      ['jia gu wen', '甲骨文', 'pinyin'],
    ] as const;
    const found = await foundIn(`It is ${forms.map(([written]) => written).join(', or ')}.`, 'gu wen');
    expect(
      found.map(({ original, folded, folds: by, rule }) => [original, folded, by[0] ?? null, rule]),
    ).toEqual(forms.map(([written, text, fold]) => [written, text, fold, { kind: 'word', text }]));
    const list = await stack.admin.call('GET', '/api/admin/words?search=heliotrope');
    const [row] = (list.body as { rows: { id: string }[] }).rows;
    expect((await stack.admin.call('DELETE', `/api/admin/words/${row?.id}`)).status).toBeLessThan(300);
    const { body: after } = await operator.call('GET', `/api/scanner/hits?reference=${found[0]?.reference}`);
    const gone = (after as { rows: Hit[] }).rows.filter(({ folded }) => folded === 'heliotrope');
    expect(gone.map(({ rule }) => rule)).toEqual(Array(4).fill({ kind: 'word', text: null }));
  });

  it('is told with the list and its entry, the category of a built-in word, or the detector', async () => {
    const lists = (await stack.admin.call('GET', '/api/admin/word-lists')).body as {
      rows: { id: string; state: string }[];
    };
    for (const earlier of lists.rows.filter(({ state }) => state === 'active'))
      await stack.admin.call('POST', `/api/admin/word-lists/${earlier.id}/undo`);
    const form = new FormData();
    const fields = { name: 'Kettles', category: 'products', action: 'redact' };
    for (const [field, value] of Object.entries(fields)) form.append(field, value);
    form.append('file', new Blob(['tin kettle\nBlue Kettle\n']), 'kettles.txt');
    const { id } = (await stack.admin.call('POST', '/api/admin/word-lists', form)).body as { id: string };
    const list = async () => (await stack.admin.call('GET', `/api/admin/word-lists/${id}`)).body;
    await until(async () => ((await list()) as { state: string }).state === 'preview');
    const confirmed = await stack.admin.call('POST', `/api/admin/word-lists/${id}/confirm`);
    expect(confirmed.status).toBe(200);
    const iban = 'GB82WEST12345698765432';
    const found = await foundIn(`A blue k3ttle, a Blue  Kеttle; free casino chips; ${iban}.`, 'Blue');
    expect(found).toMatchObject([
      {
        ...{ original: 'Blue  Kеttle', folded: 'blue kettle', ruleId: `list:${id}:1` },
        rule: { kind: 'list', name: 'Kettles', entry: 'Blue Kettle' },
      },
      { folded: 'free casino chips', rule: { kind: 'tier', category: 'gambling' } },
      { original: null, folded: null, rule: { kind: 'detector', name: 'personal-data.iban' } },
    ]);
    expect(JSON.stringify(found)).not.toContain(iban);
  });
});
