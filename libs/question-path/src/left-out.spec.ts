import { describe, expect, it } from '@jest/globals';
import { REDACTION_MARK } from '@lorekeep/scanner';
import type { FoundPassage } from './ports.js';
import { finish, MODEL, passage, pathWorld, question, shown, text, walk } from './testing/path-world.js';

const WORD = 'Nightingale';
const words = [['nightingale', 'stop']] as [string, 'stop'][];
const far = `${'All of it is plain. '.repeat(40)}Project ${WORD}.`;
const NAMED: [where: string, more: Partial<FoundPassage>][] = [
  ['title', { title: `About ${WORD}` }],
  ['heading', { heading: WORD }],
  ['collection', { collection: WORD }],
  ['text', { content: `The project is called ${WORD}.` }],
  ['text, far beyond what a chip shows', { content: far }],
  ['text, across a line', { content: 'It is called night\u00adingale.' }],
];
const plain = (id: string) => passage({ id, documentId: `d-${id}`, content: `Thirty days, says ${id}.` });

describe('a passage that has what stops answers', () => {
  it.each(NAMED)('in its %s is left out, and the question goes on with the others', async (_, more) => {
    const passages = [plain('p1'), passage({ id: 'p2', ...more }), plain('p3')];
    const world = pathWorld({ passages, words });
    const { events, error } = await walk(world);
    expect(error).toBeNull();
    expect(events.at(-1)).toMatchObject({ kind: 'end', outcome: 'answered' });
    expect(shown(events)).toBe('Thirty days [1].');
    expect(world.requests[0]?.passages.map(({ id, number }) => [number, id])).toEqual([
      [1, 'p1'],
      [2, 'p3'],
    ]);
    const citations = events.flatMap((event) => (event.kind === 'citations' ? event.citations : []));
    expect(citations.map(({ number, passageId }) => [number, passageId])).toEqual([
      [1, 'p1'],
      [2, 'p3'],
    ]);
    expect(events.find((event) => event.kind === 'step' && event.step === 'retrieval')).toMatchObject({
      facts: { passages: 2, leftOut: 1 },
    });
    expect(JSON.stringify([events, world.requests])).not.toMatch(/night\u00ad?ingale/i);
    const { detail } = world.records[0]?.closed ?? {};
    expect(detail).toMatchObject({
      passages: { scannedOut: ['p2'], withheld: 2, screenedOut: [] },
      scanned: 1,
      scanner: [{ ruleId: 'w0', category: 'test', action: 'stop' }],
    });
    expect(JSON.stringify(detail)).not.toMatch(/nightingale/i);
  });

  it('leaves an ordinary question without sources where it was the only one', async () => {
    const world = pathWorld({ passages: [passage({ title: WORD })], words });
    const { events, error } = await walk(world);
    expect(error).toBeNull();
    expect(events.map(({ kind }) => kind)).not.toContain('citations');
    expect(events).toContainEqual(expect.objectContaining({ facts: { passages: 0, leftOut: 1 } }));
    expect(world.requests).toMatchObject([{ passages: [], documents: 'cited' }]);
    expect(events.at(-1)).toMatchObject({ kind: 'end', outcome: 'answered' });
  });

  it('ends nothing more: the answer is scanned as before, and stopped by what it says', async () => {
    const world = pathWorld({
      passages: [passage({ title: WORD }), plain('p2')],
      words,
      answer: [MODEL, text('It is night'), text('ingale '), finish()],
    });
    const { events } = await walk(world);
    expect(shown(events)).toBe('It is ');
    expect(events.at(-1)).toMatchObject({ kind: 'end', outcome: 'stopped' });
    expect(world.records[0]?.closed?.detail).toMatchObject({ scanned: 2 });
  });

  it('is a suggestion too: there is none then', async () => {
    const world = pathWorld({ words });
    const found = { passages: [], withheld: 0, suggestion: 'nightingale leave', suggestionFrom: ['d1'] };
    world.ports = { ...world.ports, search: { run: async () => found } };
    const { events } = await walk(world);
    expect(events.map(({ kind }) => kind)).not.toContain('suggestion');
    expect(events.at(-1)).toMatchObject({ kind: 'end', outcome: 'answered' });
  });
});

describe('what is only redacted', () => {
  const redacted = [['nightingale', 'redact']] as [string, 'redact'][];

  it('is redacted in what is shown of a source, and counted there alone', async () => {
    const content = `The ${WORD}. ${far}`;
    const world = pathWorld({ passages: [passage({ content })], words: redacted });
    const { events } = await walk(world, question());
    const [citation] = events.flatMap((event) => (event.kind === 'citations' ? event.citations : []));
    expect(citation?.excerpt).toMatch(new RegExp(`^The ${REDACTION_MARK}\\. All of it .*…$`));
    expect(citation?.excerpt.length).toBeLessThanOrEqual(241);
    expect(world.records[0]?.closed?.detail).toMatchObject({
      scanned: 1,
      passages: { shown: [{ id: 'p1' }], scannedOut: [] },
    });
  });

  it('is redacted in the title that the audit keeps, and no title is kept that could not be scanned', async () => {
    const world = pathWorld({ passages: [passage({ title: `The ${WORD} plan` })], words: redacted });
    await walk(world);
    expect(world.records[0]?.closed?.detail).toMatchObject({
      passages: { shown: [{ id: 'p1', title: `The ${REDACTION_MARK} plan` }] },
    });
    world.ports = { ...world.ports, scanner: { open: () => Promise.reject(new Error('gone')) } };
    await walk(world);
    const { detail } = world.records[1]?.closed ?? {};
    expect(detail).toMatchObject({ passages: { shown: [{ id: 'p1', title: null }] } });
    expect(JSON.stringify(world.records.map(({ closed }) => closed))).not.toMatch(/nightingale/i);
  });

  it('does not show its beginning where the excerpt ends within it', async () => {
    const content = `${'x'.repeat(235)} nightingale and more of the text that follows it.`;
    const { events } = await walk(pathWorld({ passages: [passage({ content })], words: redacted }));
    const [citation] = events.flatMap((event) => (event.kind === 'citations' ? event.citations : []));
    expect(citation?.excerpt).toBe(`${'x'.repeat(235)} ${REDACTION_MARK} …`.replace(' …', '…'));
  });
});
