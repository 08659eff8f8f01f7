import { describe, expect, it } from '@jest/globals';
import type { PremisePair } from '@lorekeep/inference';
import { systemClock } from '@lorekeep/kit/clock';
import type { AnswerEvent, EntailmentPort } from '../ports.js';
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
import { SecondOpinion } from './second-opinion.js';

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
    const push = async (value: string) => shown(await check.pass([text(value) as PathEvent]));
    expect(await push('Good news')).toBe('');
    expect(await push('. Everyone')).toBe('Good news.');
    expect(await push(' has 72 days of leave [1]. And')).toContain('Withheld');
    expect(await push(' so on')).toBe('');
    expect(shown(await check.end(0))).toBe(' And so on');
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

  it('ends an answer that would be withheld, and is told of one that would be marked', async () => {
    await expect(new CheckGroundedness(broken, 'withhold').pass(said)).rejects.toThrow();
    const check = new CheckGroundedness(broken, 'mark');
    expect(await check.pass(said)).toEqual(said);
    expect(check.counts()).toMatchObject({ failed: true, judged: 0 });
  });
});

describe('a model of the operator’s', () => {
  const source = passage({ content: 'On Sundays the canteen of the harbour office is open.' });
  const SHUT = 'On Sundays the canteen of the harbour office is shut [1].';
  const OPEN = 'On Sundays, in the harbour office, the canteen is open [1].';
  type Contradicts = EntailmentPort['contradicts'];
  const shutIsWrong: Contradicts = async ({ hypothesis }) => hypothesis.includes('shut');

  async function answered(
    said: readonly string[],
    groundedness: GroundednessSetting,
    contradicts: Contradicts,
  ) {
    const answer: AnswerEvent[] = [MODEL, ...said.map((one) => text(one)), finish(), USAGE];
    const world = pathWorld({ answer, passages: [source], settings: { groundedness } });
    const asked: PremisePair[] = [];
    const entailment: EntailmentPort = {
      contradicts: (pair) => {
        asked.push(pair);
        return contradicts(pair);
      },
    };
    world.ports = { ...world.ports, entailment };
    const { events, error } = await walk(world, question(), { limits: { QUESTION_MAX_SECONDS: 60 } });
    return { events, error, asked, detail: world.records[0]?.closed?.detail };
  }

  it('has a sentence marked that the words pass, told before the end of the answer and in its record', async () => {
    const { events, asked, detail } = await answered([`${OPEN} `, SHUT], 'mark', shutIsWrong);
    expect(shown(events)).toBe(`${OPEN} ${SHUT}`);
    const start = OPEN.length + 1;
    expect(marks(events)).toMatchObject([
      { reason: 'entailment', start, end: start + SHUT.length, withheld: false },
    ]);
    const at = events.findIndex(({ kind }) => kind === 'groundedness');
    expect(events.slice(at).some(({ kind }) => kind === 'finish')).toBe(true);
    expect(asked[1]).toEqual({
      premise: 'Annual leave\nOn Sundays the canteen of the harbour office is open.',
      hypothesis: 'On Sundays the canteen of the harbour office is shut.',
    });
    expect(detail).toMatchObject({
      groundedness: { judged: 2, unsupported: { entailment: 1 }, entailment: { asked: 2, unanswered: 0 } },
    });
  });

  it('has it withheld under the setting, and nothing of it released', async () => {
    const { events, detail } = await answered([...`${OPEN} ${SHUT} Bye.`], 'withhold', shutIsWrong);
    expect(shown(events)).toBe(`${OPEN} (Withheld here: what its source does not support.) [1] Bye.`);
    expect(marks(events)).toMatchObject([{ reason: 'entailment', withheld: true }]);
    expect(JSON.stringify(events)).not.toContain('shut');
    expect(detail).toMatchObject({ groundedness: { withheld: 1, unsupported: { entailment: 1 } } });
  });

  it('is not asked about what words have decided, about quotations, and where nothing is checked', async () => {
    const quoted = 'On Sundays the canteen of the harbour office is open [1].';
    const wrong = 'On Mondays the canteen of the harbour office is open [1].';
    const { asked, events } = await answered([`${quoted} `, wrong], 'mark', async () => true);
    expect(asked).toEqual([]);
    expect(marks(events)).toMatchObject([{ reason: 'name' }]);
    expect((await answered([SHUT], 'off', async () => true)).asked).toEqual([]);
  });

  it.each<[string, Contradicts]>([
    ['throws', () => Promise.reject(new Error('broken'))],
    ['has no answer', async () => null],
  ])('that %s leaves what the words say, which the record tells', async (_, contradicts) => {
    for (const groundedness of ['mark', 'withhold'] as const) {
      const said = [`${OPEN} `, 'On Mondays the canteen of the harbour office is open [1]. ', SHUT];
      const { events, error, detail } = await answered(said, groundedness, contradicts);
      expect(error).toBeNull();
      expect(marks(events)).toMatchObject([{ reason: 'name', withheld: groundedness === 'withhold' }]);
      expect(shown(events)).toContain(SHUT);
      expect(detail).toMatchObject({ groundedness: { entailment: { unanswered: 2 } } });
    }
  });

  it('that hangs holds up an answer for its time and no longer', async () => {
    const hanging: EntailmentPort = { contradicts: () => new Promise(() => undefined) };
    for (const setting of ['mark', 'withhold'] as const) {
      const opinion = new SecondOpinion(hanging, systemClock, new AbortController().signal, 20);
      const check = new CheckGroundedness([{ ...source, number: 1 }], setting, opinion);
      const said = [...(await check.pass([text(SHUT) as PathEvent])), ...(await check.end(0))];
      expect(shown(said)).toBe(SHUT);
      expect(check.counts()).toMatchObject({ unsupported: {}, entailment: { asked: 1, unanswered: 1 } });
    }
  });
});
