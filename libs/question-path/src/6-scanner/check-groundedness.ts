import { AnswerGroundedness, type GroundednessReason, type JudgedSentence } from '@lorekeep/inference';
import { dominantLanguage } from '@lorekeep/kit/text';
import type { AnswerRequest } from '../ports.js';
import type { GroundednessSetting, PathEvent } from '../question.js';
import { faultOf } from '../question-path.errors.js';
import { ShownText } from './shown-text.js';

type TextEvent = Extract<PathEvent, { kind: 'text' }>;

/** What stands in the place of one or more sentences in a row that are withheld; their citations stay. */
const WITHHELD = {
  en: '(Withheld here: what its source does not support.)',
  zh: '（此处隐去：所引出处不支持的内容。）',
} as const;
/** Between two sentences in a row: blanks, or the beginning of the next item of a list. */
const BETWEEN = /^\s*(?:(?:[-*+•]|\d{1,3}[.)、])\s*)?$/;
const CITATIONS = /\s?[[【]\d{1,3}(?:\s?[,，、;]\s?\d{1,3})*[\]】]/g;

/** What was judged of one answer, for its record. */
export interface GroundednessCounts {
  readonly judged: number;
  readonly unsupported: Partial<Record<GroundednessReason, number>>;
  readonly withheld: number;
  /** The check broke: what came after it was not judged. */
  readonly failed: boolean;
}

/**
 * After the scanner: sentences that what they cite does not support are marked as they are released, or held until
 * they are complete and replaced. A check that breaks ends an answer under `withhold`; under `mark` it is recorded.
 */
export class CheckGroundedness {
  private readonly choices = new Map<number, Choice>();
  private readonly counted = { judged: 0, withheld: 0, failed: false };
  private readonly unsupported: Partial<Record<GroundednessReason, number>> = {};
  private isOn: boolean;

  constructor(
    private readonly passages: AnswerRequest['passages'],
    private readonly setting: GroundednessSetting,
  ) {
    this.isOn = setting !== 'off' && passages.length > 0;
  }

  /** Quotations are what their source says. */
  wroteBy(driver: string): void {
    if (driver === 'extractive') this.isOn = false;
  }

  pass(events: readonly PathEvent[]): PathEvent[] {
    if (!this.isOn) return [...events];
    return events.flatMap((event) => {
      if (event.kind === 'withheld' && event.action === 'stop') return [...this.end(event.choice), event];
      return event.kind === 'text' && event.channel === 'content' ? this.take(event) : [event];
    });
  }

  /** What is still held back, at the end of one choice. */
  end(choice: number): PathEvent[] {
    const known = this.choices.get(choice);
    return known && this.isOn ? this.judge(choice, known, (one) => one.groundedness.end(), true) : [];
  }

  /** Null where nothing was to be judged. */
  counts(): GroundednessCounts | null {
    if (!this.isOn && !this.counted.failed) return null;
    return { ...this.counted, unsupported: { ...this.unsupported } };
  }

  private take(event: TextEvent): PathEvent[] {
    let choice = this.choices.get(event.choice);
    if (!choice) {
      choice = {
        groundedness: new AnswerGroundedness(this.passages),
        text: new ShownText(),
        released: 0,
        grown: NONE,
        row: null,
      };
      this.choices.set(event.choice, choice);
    }
    choice.text.push(event.text, event.given);
    const out = this.judge(event.choice, choice, (one) => one.groundedness.push(event.text), false);
    return this.setting === 'withhold' ? out : [event, ...out];
  }

  private judge(
    choice: number,
    state: Choice,
    read: (choice: Choice) => JudgedSentence[],
    last: boolean,
  ): PathEvent[] {
    let sentences: JudgedSentence[];
    try {
      sentences = read(state);
    } catch (error) {
      if (this.setting === 'withhold') throw faultOf('inference', error);
      this.counted.failed = true;
      this.isOn = false;
      return [];
    }
    for (const { reason } of sentences) this.count(reason);
    const unsupported = sentences.filter(({ reason }) => reason !== null);
    if (this.setting === 'withhold') return this.replace(choice, state, unsupported, last);
    return unsupported.map((sentence) => markOf(choice, sentence, state.text));
  }

  private count(reason: GroundednessReason | null): void {
    this.counted.judged += 1;
    if (reason === null) return;
    this.unsupported[reason] = (this.unsupported[reason] ?? 0) + 1;
    if (this.setting === 'withhold') this.counted.withheld += 1;
  }

  /** Releases what is complete, with another text in the place of what is not supported. */
  private replace(
    choice: number,
    state: Choice,
    unsupported: readonly JudgedSentence[],
    last: boolean,
  ): PathEvent[] {
    const events: PathEvent[] = [];
    const release = (end: number, isWhole = false): void => {
      const from = state.row?.end ?? state.released;
      const { text, given } = state.text.slice(from, end);
      state.released = end;
      // It is known with what follows whether the row goes on.
      if (state.row && !isWhole && BETWEEN.test(text)) return;
      state.row = null;
      if (text !== '') events.push({ ...textOf(choice, text), ...(given === text ? {} : { given }) });
    };
    for (const { start, end, reason } of unsupported) {
      release(start);
      events.push(...withhold(choice, state, { start, end, reason: reason ?? 'lexical' }));
      state.released = end;
    }
    release(last ? state.text.length : state.groundedness.settled, last);
    return events;
  }
}

/** The placeholder of a sentence with its mark; of the next in a row only what else it cites. */
function withhold(
  choice: number,
  state: Choice,
  { start, end, reason }: { start: number; end: number; reason: GroundednessReason },
): PathEvent[] {
  const from = state.row?.end ?? start;
  const { text, given } = state.text.slice(from, end);
  const cited = (text.match(CITATIONS) ?? []).map((one) => one.trim());
  const known = state.row?.cited ?? new Set<string>();
  const others = [...new Set(cited)].filter((one) => !known.has(one));
  const at = { kept: from + state.grown.kept, shown: state.text.at(from) + state.grown.shown };
  const words = state.row ? '' : WITHHELD[dominantLanguage(text)];
  const put = `${words}${others.map((one) => ` ${one}`).join('')}`;
  const events: PathEvent[] = put === '' ? [] : [textOf(choice, put)];
  if (!state.row)
    events.push({
      ...{ kind: 'groundedness', choice, start: at.kept, end: at.kept + put.length },
      shown: { start: at.shown, end: at.shown + put.length },
      ...{ reason, withheld: true },
    });
  state.grown = {
    kept: state.grown.kept + put.length - text.length,
    shown: state.grown.shown + put.length - given.length,
  };
  state.row = { end, cited: new Set([...known, ...others]) };
  return events;
}

interface Choice {
  readonly groundedness: AnswerGroundedness;
  readonly text: ShownText;
  /** Up to where the text has been released. */
  released: number;
  /** By how much placeholders have made the released text longer. */
  grown: { kept: number; shown: number };
  /** While nothing but what stands between sentences has come since the last that was withheld. */
  row: { end: number; cited: ReadonlySet<string> } | null;
}

const NONE = { kept: 0, shown: 0 };

function textOf(choice: number, text: string): TextEvent {
  return { kind: 'text', choice, channel: 'content', text };
}

function markOf(choice: number, { start, end, reason }: JudgedSentence, text: ShownText): PathEvent {
  const shown = { start: text.at(start), end: text.at(end) };
  return { kind: 'groundedness', choice, start, end, shown, reason: reason ?? 'lexical', withheld: false };
}
