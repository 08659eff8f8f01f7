import type { CallContext } from '@lorekeep/kit/context';
import { askPart } from '../ask-part.js';
import type { QuestionPathLimits } from '../limits.js';
import type { AnswerEvent, AnswerScanner, ScanHit, ScannerPort, SourcePart } from '../ports.js';
import type { PathEvent, ToolCallPart } from '../question.js';
import { faultOf, lied } from '../question-path.errors.js';
import { JsonObject } from './json-object.js';
import { placeTranscript } from './place-transcript.js';

export async function openScanner(
  ctx: CallContext,
  scanner: ScannerPort,
  limits: QuestionPathLimits,
): Promise<AnswerScanner> {
  const opened = await askPart('scanner', limits.QUESTION_CHECK_TIMEOUT_MS, () => scanner.open(ctx));
  const verbs = [opened?.push, opened?.end, opened?.source];
  if (verbs.some((verb) => typeof verb !== 'function')) {
    throw lied('scanner', 'opened no scanner');
  }
  return opened;
}

type ScanStep = ReturnType<AnswerScanner['push']>;

const CHANNELS: ReadonlySet<string> = new Set(['content', 'reasoning', 'tool']);

/** What stands between two stretches of reasoning: nothing but a phrase goes on over it. */
const BREAK = '\n\n';

interface Channel {
  readonly key: string;
  readonly choice: number;
  readonly name: 'content' | 'reasoning' | 'tool';
  readonly toolCall?: ToolCallPart;
  /** The arguments of a tool call. */
  readonly written?: JsonObject;
  /** Nothing more is taken of it. */
  ended: boolean;
  /** A break that was scanned and is shown with what comes after it, if anything does. */
  owed: string;
}

/**
 * Step 6: everything that reaches the caller goes through here, channel by channel (content, reasoning, tool
 * arguments, each choice on its own). Only what no continuation could make part of a forbidden word is released.
 * A channel that gives way to another one is still one text, since clients join its pieces: see README, Stretches.
 */
export class ScanAnswer {
  readonly hits: ScanHit[] = [];
  /** Set once a word with the action `stop` was found: nothing more is released. */
  stopped: ScanHit | undefined;
  private readonly channels = new Map<string, Channel>();
  /** Which channel of a choice is being written. */
  private readonly current = new Map<number, Channel>();
  /** Calls whose name has come: what a server says again, or in pieces, is no other name. */
  private readonly named = new Set<string>();
  /** The channel that was written last: mostly the next one too. No call's. */
  private latest: Channel | undefined;
  private readonly transcripts = new Map<number, Parameters<typeof placeTranscript>[0]>();

  constructor(
    private readonly scanner: AnswerScanner,
    private readonly showReasoning: boolean,
  ) {}

  push(event: Extract<AnswerEvent, { kind: 'text' }>): PathEvent[] {
    if (this.stopped || !CHANNELS.has(event.channel)) return [];
    if (event.channel === 'reasoning' && !this.showReasoning) return [];
    const channel = this.channelOf(event);
    const events = this.turnTo(channel);
    if (this.stopped || channel.ended) return events;
    if (event.toolCall?.name && !this.named.has(channel.key)) events.push(...this.nameOfTool(event, channel));
    if (this.stopped || event.text === '') return events;
    channel.written?.push(event.text);
    const step = this.scan(() => this.scanner.push(channel.key, event.text));
    events.push(...this.released(channel, step));
    return events;
  }

  /** Segments of a text: told at its end, when it is known what is shown of it. */
  hear(event: Parameters<typeof placeTranscript>[0]): void {
    this.transcripts.set(event.choice, event);
  }

  /** Releases what is still held back, at the end of one choice. */
  end(choice: number): PathEvent[] {
    this.latest = undefined;
    const events: PathEvent[] = [];
    for (const channel of [...this.channels.values()]) {
      if (channel.choice !== choice) continue;
      this.channels.delete(channel.key);
      if (!this.stopped && !channel.ended) events.push(...this.endOf(channel));
    }
    const transcript = this.transcripts.get(choice);
    if (transcript && !this.stopped) events.push(placeTranscript(transcript, this.hits));
    return events;
  }

  /** Another channel of the choice begins or goes on: what the one before it holds back may be due. */
  private turnTo(channel: Channel): PathEvent[] {
    const before = this.current.get(channel.choice);
    if (before === channel) return [];
    this.current.set(channel.choice, channel);
    if (before?.name === 'reasoning') return this.breakOff(before);
    return before?.written?.complete && !before.ended ? this.endOf(before) : [];
  }

  /** Ends a stretch of reasoning with a break, which is read like any text and shown where another stretch follows. */
  private breakOff(channel: Channel): PathEvent[] {
    const step = this.scan(() => this.scanner.push(channel.key, BREAK));
    if (!step.release.endsWith(BREAK)) return this.released(channel, step);
    const events = this.released(channel, { ...step, release: step.release.slice(0, -BREAK.length) });
    channel.owed = BREAK;
    return events;
  }

  private endOf(channel: Channel): PathEvent[] {
    channel.ended = true;
    return this.released(
      channel,
      this.scan(() => this.scanner.end(channel.key)),
    );
  }

  /**
   * What is shown beside the answer and what the model is given: the parts of a passage, a suggestion.
   * @returns the parts as they may be shown; null: none of them, and nothing of it to the model
   */
  source(parts: readonly SourcePart[]): readonly string[] | null {
    let scanned: ReturnType<AnswerScanner['source']>;
    try {
      scanned = this.scanner.source(parts);
    } catch (error) {
      throw faultOf('scanner', error);
    }
    const { texts, hits, leftOut } = scanned ?? {};
    const isWhole =
      leftOut === true ||
      (leftOut === false &&
        Array.isArray(texts) &&
        texts.length === parts.length &&
        texts.every((text: unknown) => typeof text === 'string'));
    if (!isWhole || !Array.isArray(hits)) throw lied('scanner', 'gave no text of a source');
    this.keep(hits);
    return leftOut ? null : texts;
  }

  /** A whole text that comes with the answer. */
  private mask(key: string, text: string): string {
    if (this.stopped || text === '') return '';
    const pushed = this.scan(() => this.scanner.push(key, text));
    const ended = pushed.stopped ? pushed : this.scan(() => this.scanner.end(key));
    this.keep(pushed.hits);
    if (!pushed.stopped) this.keep(ended.hits);
    const stopped = pushed.stopped ?? ended.stopped;
    if (stopped) this.stopped = stopped;
    return stopped ? '' : pushed.release + ended.release;
  }

  /** One by one: a long text may have more of them than a call takes arguments. */
  private keep(hits: readonly ScanHit[]): void {
    for (const hit of hits) this.hits.push(hit);
  }

  /** A scanner that throws or gives back what is no text has checked nothing. */
  private scan(work: () => ScanStep): ScanStep {
    let step: ScanStep;
    try {
      step = work();
    } catch (error) {
      throw faultOf('scanner', error);
    }
    if (typeof step?.release !== 'string' || !Array.isArray(step.hits)) throw lied('scanner', 'gave no text');
    return step;
  }

  private channelOf(event: Extract<AnswerEvent, { kind: 'text' }>): Channel {
    const { latest } = this;
    if (latest && !event.toolCall && latest.choice === event.choice && latest.name === event.channel)
      return latest;
    const key = `${event.choice}:${event.channel}${event.toolCall ? `:${event.toolCall.index}` : ''}`;
    let channel = this.channels.get(key);
    if (!channel) {
      channel = {
        key,
        choice: event.choice,
        name: event.channel,
        ...(event.toolCall ? { toolCall: { index: event.toolCall.index }, written: new JsonObject() } : {}),
        ...{ ended: false, owed: '' },
      };
      this.channels.set(key, channel);
    }
    if (!event.toolCall) this.latest = channel;
    return channel;
  }

  /** A tool's id and name come once, ahead of its arguments, and are text of the model too. */
  private nameOfTool(event: Extract<AnswerEvent, { kind: 'text' }>, channel: Channel): PathEvent[] {
    this.named.add(channel.key);
    const name = this.mask(`${channel.key}:name`, event.toolCall?.name ?? '');
    const id = event.toolCall?.id && this.mask(`${channel.key}:id`, event.toolCall.id);
    if (this.stopped) return [{ kind: 'withheld', choice: event.choice, action: 'stop' }];
    const toolCall = { index: event.toolCall?.index ?? 0, name, ...(id === undefined ? {} : { id }) };
    return [{ kind: 'text', choice: event.choice, channel: 'tool', text: '', toolCall }];
  }

  private released(channel: Channel, step: ScanStep): PathEvent[] {
    this.keep(step.hits);
    const events: PathEvent[] = [];
    const { choice, name, toolCall } = channel;
    if (step.hits.some((hit) => hit.action === 'redact'))
      events.push({ kind: 'withheld', choice, action: 'redact' });
    if (step.release !== '') {
      const text = channel.owed + step.release;
      channel.owed = '';
      events.push({ kind: 'text', choice, channel: name, text, ...(toolCall ? { toolCall } : {}) });
    }
    if (step.stopped) {
      this.stopped = step.stopped;
      events.push({ kind: 'withheld', choice, action: 'stop' });
    }
    return events;
  }
}
