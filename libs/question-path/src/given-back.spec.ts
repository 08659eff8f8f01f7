import { describe, expect, it } from '@jest/globals';
import type { AnswerEvent, FirewallPort } from './ports.js';
import type { PathEvent } from './question.js';
import { finish, MODEL, passage, pathWorld, question, shown, text, walk } from './testing/path-world.js';
import type { Scripted } from './testing/path-world.js';

const KEY = 'AKIAQ3EGRZ7TWPNB5XKM';
const asked = question({ messages: [{ role: 'user', content: `Why is my key ${KEY} refused?` }] });
/** Cut within the placeholder. */
const ECHO: AnswerEvent[] = [
  MODEL,
  text('Your key ⟦secr'),
  text('et:1⟧ is '),
  text('old ⟦secret:2⟧.'),
  finish(),
];

const seen = (events: readonly PathEvent[]) =>
  events.map((event) => (event.kind === 'text' ? (event.given ?? event.text) : '')).join('');
const echo = (script: Scripted = {}) => pathWorld({ answer: ECHO, passages: [], ...script });

describe('secrets that the caller typed', () => {
  it('are put back into what this caller sees, and into nothing that is kept', async () => {
    const world = echo();
    const { events, error } = await walk(world, asked);
    expect(error).toBeNull();
    expect(seen(events)).toBe(`Your key ${KEY} is old ⟦secret:2⟧.`);
    expect(shown(events)).toBe('Your key ⟦secret:1⟧ is old ⟦secret:2⟧.');
    expect(world.records[0]?.closed?.detail).toMatchObject({
      answer: 'Your key ⟦secret:1⟧ is old ⟦secret:2⟧.',
    });
    expect(JSON.stringify([world.records, world.requests])).not.toContain(KEY);
  });

  it('stand in no field of an event but `given`', async () => {
    const { events } = await walk(echo(), asked);
    const rest = events.map((event) => ({ ...event, given: null }));
    expect(JSON.stringify(events)).toContain(KEY);
    expect(JSON.stringify(rest)).not.toContain(KEY);
  });

  it('stay away where the tenant wants that', async () => {
    const { events } = await walk(echo({ settings: { giveBackSecrets: false } }), asked);
    expect(seen(events)).toBe('Your key ⟦secret:1⟧ is old ⟦secret:2⟧.');
    expect(JSON.stringify(events)).not.toContain(KEY);
  });

  it('are read by no scanner: the answer is scanned as the model wrote it', async () => {
    const { events } = await walk(echo({ words: [[KEY, 'stop']] }), asked);
    expect(seen(events)).toContain(KEY);
    const stopped = await walk(echo({ words: [['is old', 'stop']] }), asked);
    expect(seen(stopped.events)).toBe(`Your key ${KEY} `);
    expect(stopped.events.at(-1)).toMatchObject({ kind: 'end', outcome: 'stopped' });
  });

  it('half written when the answer is stopped are kept and seen as they were released', async () => {
    const answer = [MODEL, text('The ⟦secret: is a nightingale.'), finish()];
    const { events } = await walk(echo({ answer, words: [['nightingale', 'stop']] }), asked);
    expect(seen(events)).toBe('The ⟦secret: is a ');
    expect(events.slice(-3).map(({ kind }) => kind)).toEqual(['withheld', 'finish', 'end']);
  });

  it('are given to each choice', async () => {
    const answer = [MODEL, text('⟦sec', 0), text('⟦secret:1⟧!', 1), text('ret:1⟧', 0), finish(0), finish(1)];
    const { events } = await walk(echo({ answer }), { ...asked, parameters: { n: 2 } });
    for (const [choice, whole] of [KEY, `${KEY}!`].entries())
      expect(seen(events.filter((event) => event.kind === 'text' && event.choice === choice))).toBe(whole);
  });
});

describe('what the caller did not type, or what is not certain, stays a placeholder', () => {
  it.each<[what: string, messages: (typeof asked)['messages']]>([
    [
      'a secret of the instructions to the model',
      [
        { role: 'system', content: `The vault key is ${KEY}.` },
        { role: 'user', content: 'What is the key?' },
      ],
    ],
    [
      'a secret that a tool said',
      [
        { role: 'user', content: 'What is the key?' },
        { role: 'tool', content: `key ${KEY}`, toolCallId: 'c1' },
      ],
    ],
  ])('%s', async (_, messages) => {
    const { events } = await walk(echo(), question({ messages, documents: 'none' }));
    expect(shown(events)).toContain('⟦secret:1⟧');
    expect(JSON.stringify(events)).not.toContain(KEY);
  });

  it('a placeholder that a document has too', async () => {
    const world = echo({ passages: [passage({ content: 'The key of the vault is ⟦secret:1⟧.' })] });
    const { events } = await walk(world, asked);
    expect(shown(events)).toContain('⟦secret:1⟧');
    expect(JSON.stringify(events)).not.toContain(KEY);
  });

  it('a placeholder that the caller typed, also where a firewall uses it again', async () => {
    const world = echo();
    const inspectQuestion: FirewallPort['inspectQuestion'] = async (_, texts) => ({
      action: 'redact',
      hits: [],
      texts: texts.map(({ text }) => text.replaceAll(KEY, '⟦secret:1⟧')),
      redactions: [{ placeholder: '⟦secret:1⟧', original: KEY }],
    });
    world.ports = { ...world.ports, firewall: { ...world.ports.firewall, inspectQuestion } };
    const messages = [{ role: 'user' as const, content: `What is ⟦secret:1⟧ beside ${KEY}?` }];
    const { events } = await walk(world, question({ messages, documents: 'none' }));
    expect(shown(events)).toContain('⟦secret:1⟧');
    expect(JSON.stringify(events)).not.toContain(KEY);
  });

  it('in a follow-up, the placeholder of the earlier question; its own is given back', async () => {
    const answer = [MODEL, text('Not ⟦secret:1⟧ but ⟦secret:2⟧.'), finish()];
    const messages = [
      { role: 'user' as const, content: 'Why is my key ⟦secret:1⟧ refused?' },
      { role: 'assistant' as const, content: 'The key ⟦secret:1⟧ is old.' },
      { role: 'user' as const, content: `And ${KEY}?` },
    ];
    const { events } = await walk(echo({ answer }), question({ messages }));
    expect(seen(events)).toBe(`Not ⟦secret:1⟧ but ${KEY}.`);
  });

  it('whatever a firewall names that is no placeholder', async () => {
    const world = echo({ answer: [MODEL, text('Your key is old.'), finish()] });
    const inspectQuestion: FirewallPort['inspectQuestion'] = async (_, texts) => ({
      action: 'redact',
      hits: [],
      texts: texts.map(({ text }) => text),
      redactions: [
        { placeholder: '', original: 'x' },
        { placeholder: 'key', original: 'y' },
      ],
    });
    world.ports = { ...world.ports, firewall: { ...world.ports.firewall, inspectQuestion } };
    expect(seen((await walk(world)).events)).toBe('Your key is old.');
  });
});
