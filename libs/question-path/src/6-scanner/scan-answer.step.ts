import type { CallContext } from '@lorekeep/kit/context';
import { askPart } from '../ask-part.js';
import type { QuestionPathLimits } from '../limits.js';
import type { AnswerEvent, AnswerScanner, ScanHit, ScannerPort, SourcePart } from '../ports.js';
import type { PathEvent, ToolCallPart } from '../question.js';
import { faultOf, lied } from '../question-path.errors.js';

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

interface Channel {
  readonly key: string;
  readonly choice: number;
  readonly name: 'content' | 'reasoning' | 'tool';
  readonly toolCall?: ToolCallPart;
}

/**
 * Step 6: everything that reaches the caller goes through here, channel by channel (content, reasoning, tool
 * arguments, each choice on its own). Only what no continuation could make part of a forbidden word is released.
 */
export class ScanAnswer {
  readonly hits: ScanHit[] = [];
  /** Set once a word with the action `stop` was found: nothing more is released. */
  stopped: ScanHit | undefined;
  private readonly channels = new Map<string, Channel>();
  /** Calls whose name has come: what a server says again, or in pieces, is no other name. */
  private readonly named = new Set<string>();

  constructor(
    private readonly scanner: AnswerScanner,
    private readonly showReasoning: boolean,
  ) {}

  push(event: Extract<AnswerEvent, { kind: 'text' }>): PathEvent[] {
    if (this.stopped || !CHANNELS.has(event.channel)) return [];
    if (event.channel === 'reasoning' && !this.showReasoning) return [];
    const channel = this.channelOf(event);
    const isNamed = event.toolCall?.name && !this.named.has(channel.key);
    const named = isNamed ? this.nameOfTool(event, channel) : [];
    if (this.stopped || event.text === '') return named;
    return [
      ...named,
      ...this.released(
        channel,
        this.scan(() => this.scanner.push(channel.key, event.text)),
      ),
    ];
  }

  /** Releases what is still held back, at the end of one choice. */
  end(choice: number): PathEvent[] {
    const events: PathEvent[] = [];
    for (const channel of [...this.channels.values()]) {
      if (channel.choice !== choice) continue;
      this.channels.delete(channel.key);
      if (!this.stopped)
        events.push(
          ...this.released(
            channel,
            this.scan(() => this.scanner.end(channel.key)),
          ),
        );
    }
    return events;
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
    const key = `${event.choice}:${event.channel}${event.toolCall ? `:${event.toolCall.index}` : ''}`;
    let channel = this.channels.get(key);
    if (!channel) {
      channel = {
        key,
        choice: event.choice,
        name: event.channel,
        ...(event.toolCall ? { toolCall: { index: event.toolCall.index } } : {}),
      };
      this.channels.set(key, channel);
    }
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
      events.push({
        kind: 'text',
        choice,
        channel: name,
        text: step.release,
        ...(toolCall ? { toolCall } : {}),
      });
    }
    if (step.stopped) {
      this.stopped = step.stopped;
      events.push({ kind: 'withheld', choice, action: 'stop' });
    }
    return events;
  }
}
