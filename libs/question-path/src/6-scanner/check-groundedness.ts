import type { GroundednessReason } from '@lorekeep/contracts';
import { AnswerGroundedness, type JudgedSentence } from '@lorekeep/inference';
import { dominantLanguage } from '@lorekeep/kit/text';
import type { AnswerRequest } from '../ports.js';
import type { GroundednessSetting, PathEvent } from '../question.js';
import { faultOf } from '../question-path.errors.js';
import type { OpinionCounts, SecondOpinion } from './second-opinion.js';
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
  /** Null where there is no model. */
  readonly entailment: OpinionCounts | null;
}

/**
 * After the scanner: sentences that what they cite does not support are marked as they are released, or held until
 * they are complete and replaced. A check that breaks ends an answer under `withhold`; under `mark` it is recorded.
 * What words pass a model of the operator's may contradict, if there is one: its marks come when it has answered,
 * before the end of the choice; what is withheld waits for it, within its bounds.
 */
export class CheckGroundedness {
  private readonly choices = new Map<number, Choice>();
  private readonly counted = { judged: 0, withheld: 0, failed: false };
  private readonly unsupported: Partial<Record<GroundednessReason, number>> = {};
  private isOn: boolean;
  /** Questions to the model that nobody waits for yet, by choice, and the marks that came of them. */
  private readonly asked = new Map<number, Promise<void>[]>();
  private readonly late: PathEvent[] = [];

  constructor(
    private readonly passages: AnswerRequest['passages'],
    private readonly setting: GroundednessSetting,
    private readonly opinion?: SecondOpinion,
  ) {
    this.isOn = setting !== 'off' && passages.length > 0;
  }

  /** False: every event passes as it is. */
  get isAsked(): boolean {
    return this.isOn;
  }

  /** Quotations are what their source says. */
  wroteBy(driver: string): void {
    if (driver === 'extractive') this.isOn = false;
  }

  async pass(events: readonly PathEvent[]): Promise<PathEvent[]> {
    if (!this.isOn) return [...events];
    const passed: PathEvent[] = [];
    for (const event of events) {
      if (event.kind === 'withheld' && event.action === 'stop')
        passed.push(...(await this.end(event.choice)), event);
      else if (event.kind === 'text' && event.channel === 'content') passed.push(...(await this.take(event)));
      else passed.push(event);
    }
    passed.push(...this.late.splice(0));
    return passed;
  }

  /** What is still held back, at the end of one choice. */
  async end(choice: number): Promise<PathEvent[]> {
    const known = this.choices.get(choice);
    if (!known || !this.isOn) return [];
    const released = await this.judge(choice, known, (one) => one.groundedness.end(), true);
    await this.opinion?.held(() => Promise.all(this.asked.get(choice) ?? []));
    return [...released, ...this.late.splice(0)];
  }

  /** Null where nothing was to be judged. */
  counts(): GroundednessCounts | null {
    if (!this.isOn && !this.counted.failed) return null;
    const entailment = this.opinion?.counts() ?? null;
    return { ...this.counted, unsupported: { ...this.unsupported }, entailment };
  }

  private async take(event: TextEvent): Promise<PathEvent[]> {
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
    const out = await this.judge(event.choice, choice, (one) => one.groundedness.push(event.text), false);
    return this.setting === 'withhold' ? out : [event, ...out];
  }

  private async judge(
    choice: number,
    state: Choice,
    read: (choice: Choice) => JudgedSentence[],
    last: boolean,
  ): Promise<PathEvent[]> {
    let sentences: JudgedSentence[];
    try {
      sentences = read(state);
    } catch (error) {
      if (this.setting === 'withhold') throw faultOf('inference', error);
      this.counted.failed = true;
      this.isOn = false;
      return [];
    }
    this.counted.judged += sentences.length;
    const found = sentences.filter(({ reason }) => reason !== null);
    if (this.setting === 'mark') for (const sentence of sentences) this.askLater(choice, state, sentence);
    const unsupported = this.setting === 'mark' ? found : await this.withContradicted(state, sentences);
    for (const { reason } of unsupported) this.count(reason ?? 'lexical');
    if (this.setting === 'withhold') return this.replace(choice, state, unsupported, last);
    return unsupported.map((sentence) => markOf(choice, sentence, state.text));
  }

  /** The mark comes when the model has answered: the sentence has been released by then. */
  private askLater(choice: number, state: Choice, sentence: JudgedSentence): void {
    if (!this.opinion || sentence.reason !== null) return;
    const mark = markOf(choice, { ...sentence, reason: 'entailment' }, state.text);
    const told = this.contradicted(state, sentence).then((isContradicted) => {
      if (!isContradicted) return;
      this.count('entailment');
      this.late.push(mark);
    });
    this.asked.set(choice, [...(this.asked.get(choice) ?? []), told]);
  }

  /** The sentences that are not supported, those that the model contradicts among them. */
  private async withContradicted(
    state: Choice,
    sentences: readonly JudgedSentence[],
  ): Promise<JudgedSentence[]> {
    if (!this.opinion || sentences.every(({ reason }) => reason !== null))
      return sentences.filter(({ reason }) => reason !== null);
    const asked = () => Promise.all(sentences.map((sentence) => this.contradicted(state, sentence)));
    const contradicted = await this.opinion.held(asked);
    return sentences.flatMap((sentence, at) => {
      if (sentence.reason !== null) return [sentence];
      return contradicted[at] ? [{ ...sentence, reason: 'entailment' as const }] : [];
    });
  }

  /** False too where the model is not asked: there is none, or words have decided. */
  private async contradicted({ groundedness }: Choice, sentence: JudgedSentence): Promise<boolean> {
    if (!this.opinion || sentence.reason !== null) return false;
    return this.opinion.contradicts(() => groundedness.pairOf(sentence));
  }

  private count(reason: GroundednessReason): void {
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
