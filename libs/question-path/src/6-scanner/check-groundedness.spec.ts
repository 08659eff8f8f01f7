import { describe, expect, it } from '@jest/globals';
import type { AnswerEvent } from '../ports.js';
import type { GroundednessSetting, PathEvent } from '../question.js';
import {
  finish,
  MODEL,
  passage,
  pathWorld,
  question,
  shown,
  text,
  USAGE,
  walk,
} from '../testing/path-world.js';
import { CheckGroundedness } from './check-groundedness.js';

const passages = [
  passage({ content: 'Everyone has 27 days of annual leave. Approved leave is not withdrawn.' }),
];
const ask = (pieces: readonly string[], groundedness: GroundednessSetting, driver = MODEL) => {
  const answer: AnswerEvent[] = [driver, ...pieces.map((piece) => text(piece)), finish(), USAGE];
  const world = pathWorld({ answer, passages, settings: { groundedness } });
  return walk(world).then(({ events }) => ({ events, detail: world.records[0]?.closed?.detail }));
};
const marks = (events: readonly PathEvent[]) => events.filter(({ kind }) => kind === 'groundedness');
const WRONG = [
  'Everyone has 72 ',
  'days of annual leave [',
  '1]. ',
  'Approved leave is not ',
  'withdrawn. [1]',
];

describe('an answer with a wrong number', () => {
  it('is marked where it says so, as it is released, and counted in its record', async () => {
    const { events, detail } = await ask(WRONG, 'mark');
    const whole = shown(events);
    expect(whole).toBe(WRONG.join(''));
    const [mark, ...others] = marks(events);
    expect(others).toEqual([]);
    expect(mark).toMatchObject({ reason: 'number', withheld: false });
    const { start, end } = mark as Extract<PathEvent, { kind: 'groundedness' }>;
    expect(whole.slice(start, end)).toBe('Everyone has 72 days of annual leave [1].');
    // Before the rest of the answer, not at its end.
    const at = events.findIndex(({ kind }) => kind === 'groundedness');
    expect(events.slice(at).some(({ kind }) => kind === 'text')).toBe(true);
    expect(detail).toMatchObject({
      groundedness: { setting: 'mark', judged: 2, unsupported: { number: 1 }, withheld: 0, failed: false },
    });
  });

  it('is withheld under the setting: nothing of the sentence is released, the rest is', async () => {
    const { events, detail } = await ask(WRONG, 'withhold');
    const whole = shown(events);
    expect(whole).toBe(
      '(Withheld here: what its source does not support.) [1] Approved leave is not withdrawn. [1]',
    );
    const [mark] = marks(events);
    expect(mark).toMatchObject({ reason: 'number', withheld: true, start: 0 });
    // References are random digits: the number of the sentence, not any.
    expect(JSON.stringify(events)).not.toMatch(/\b72\b/);
    expect(detail).toMatchObject({ groundedness: { withheld: 1 } });
    expect(JSON.stringify(detail)).not.toMatch(/\b72\b/);
  });

  it('is left as it is where the tenant wants no check', async () => {
    const { events, detail } = await ask(WRONG, 'off');
    expect(marks(events)).toEqual([]);
    expect(detail).toMatchObject({ groundedness: null });
  });

  it('is not looked for in quotations', async () => {
    const extractive: AnswerEvent = { kind: 'model', model: 'extractive', driver: 'extractive' };
    for (const setting of ['mark', 'withhold'] as const) {
      const { events } = await ask(WRONG, setting, extractive);
      expect([shown(events), marks(events)]).toEqual([WRONG.join(''), []]);
    }
  });
});

describe('withholding', () => {
  it('releases complete sentences as they come, and what remains at the end', async () => {
    const check = new CheckGroundedness([{ ...passages[0]!, number: 1 }], 'withhold');
    const push = (value: string) => shown(check.pass([text(value) as PathEvent]));
    expect(push('Good news')).toBe('');
    expect(push('. Everyone')).toBe('Good news.');
    expect(push(' has 72 days of leave [1]. And')).toContain('Withheld');
    expect(push(' so on')).toBe('');
    expect(shown(check.end(0))).toBe(' And so on');
  });

  it('puts one placeholder for sentences in a row, with all that they cite', async () => {
    const wrong = (number: number) => `Everyone has ${number} days of annual leave`;
    const answer = [
      `Good news. ${wrong(72)} [1]. `,
      `${wrong(73)} [1]. \n`,
      `- ${wrong(74)} [1][2].\n\n`,
      'Bye.',
    ];
    const both = [passages[0]!, { ...passages[0]!, id: 'other' }];
    const { events } = await walk(
      pathWorld({
        ...{ answer: [MODEL, ...answer.map((piece) => text(piece)), finish(), USAGE] },
        ...{ passages: both, settings: { groundedness: 'withhold' } },
      }),
    );
    const whole = shown(events);
    expect(whole).toBe('Good news. (Withheld here: what its source does not support.) [1] [2]\n\nBye.');
    const found = marks(events) as Extract<PathEvent, { kind: 'groundedness' }>[];
    expect(found).toHaveLength(1);
    expect(whole.slice(found[0]?.start, found[0]?.end)).toMatch(/^\(Withheld here.+ \[1\]$/);
  });

  it('begins anew after a sentence that stands between them, and at the next place tells it right', async () => {
    const wrong = (number: number) => `Everyone has ${number} days of annual leave [1].`;
    const said = `${wrong(72)} ${wrong(73)} Approved leave is not withdrawn [1]. ${wrong(74)} `;
    const { events } = await ask([...said], 'withhold');
    const whole = shown(events);
    const one = '(Withheld here: what its source does not support.) [1]';
    expect(whole).toBe(`${one} Approved leave is not withdrawn [1]. ${one} `);
    for (const mark of marks(events) as Extract<PathEvent, { kind: 'groundedness' }>[])
      expect(whole.slice(mark.start, mark.end)).toBe(one);
    expect(marks(events)).toHaveLength(2);
  });

  it('keeps the caller’s own secrets in their places', async () => {
    const key = 'AKIAQ3EGRZ7TWPNB5XKM';
    const asked = question({ messages: [{ role: 'user', content: `Is ${key} old? Annual leave?` }] });
    const answer = [
      MODEL,
      text('It is ⟦secret:1⟧. Everyone has 72 days'),
      text(' [1]. Bye.'),
      finish(),
      USAGE,
    ];
    for (const groundedness of ['mark', 'withhold'] as const) {
      const { events } = await walk(pathWorld({ answer, passages, settings: { groundedness } }), asked);
      const given = events.map((one) => (one.kind === 'text' ? (one.given ?? one.text) : '')).join('');
      expect(given).toMatch(new RegExp(`^It is ${key}\\. .+ Bye\\.$`));
      const mark = marks(events)[0] as Extract<PathEvent, { kind: 'groundedness' }>;
      const sentence = given.slice(mark.shown.start, mark.shown.end);
      expect(sentence).toMatch(
        groundedness === 'mark' ? /^Everyone has 72 days \[1\]\.$/ : /^\(Withheld here.+ \[1\]$/,
      );
    }
  });
});

describe('a check that breaks', () => {
  const broken = [{ ...passages[0]!, number: 1, content: null as unknown as string }];
  const said = [text('Everyone has 27 days [1]. More.') as PathEvent];

  it('ends an answer that would be withheld, and is told of one that would be marked', () => {
    expect(() => new CheckGroundedness(broken, 'withhold').pass(said)).toThrow();
    const check = new CheckGroundedness(broken, 'mark');
    expect(check.pass(said)).toEqual(said);
    expect(check.counts()).toMatchObject({ failed: true, judged: 0 });
  });
});
