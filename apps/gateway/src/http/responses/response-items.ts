import { joinPiece } from '@lorekeep/kit/text';
import type { PathEvent } from '@lorekeep/question-path';

type TextEvent = Extract<PathEvent, { kind: 'text' }>;
export type ItemStatus = 'in_progress' | 'completed' | 'incomplete';
/** An event of a stream, without its number. */
export type ItemEvent = { type: string } & Record<string, unknown>;

/** As many calls as tools may be defined. */
const CALLS_MAX = 128;

interface Item {
  readonly kind: 'message' | 'reasoning' | 'function_call';
  readonly id: string;
  readonly index: number;
  readonly callId: string;
  name: string;
  text: string;
  status: ItemStatus;
}

/** How the text of an item is called in the events of a stream, and its part in the item. */
const TEXT = { message: 'output_text', reasoning: 'reasoning_text' } as const;

/** The output of one response, item by item: what was thought, said and called, with the events that tell of it. */
export class ResponseItems {
  private readonly items: Item[] = [];
  private readonly calls = new Map<number, Item>();
  /**
   * Reasoning and message, each one item until the end: the end of a reasoning may be held back by the scanner while
   * the message has begun.
   */
  private readonly texts = new Map<'message' | 'reasoning', Item>();

  constructor(private readonly reference: string) {}

  take(event: TextEvent): ItemEvent[] {
    if (event.channel === 'tool') return this.takeCall(event);
    const kind = event.channel === 'content' ? 'message' : 'reasoning';
    const text = event.channel === 'content' ? (event.given ?? event.text) : event.text;
    const known = this.texts.get(kind);
    if (known) return grow(known, text);
    const { item, events } = this.begin(kind);
    return [...events, ...grow(item, text)];
  }

  /** Ends what is still open; a response of which nothing was released still has a message. */
  end(status: 'completed' | 'incomplete'): ItemEvent[] {
    const events = this.items.length === 0 ? this.begin('message').events : [];
    for (const item of this.items) events.push(...close(item, status));
    return events;
  }

  toOutput(): object[] {
    return this.items.map(bodyOf);
  }

  private takeCall({ toolCall, text }: TextEvent): ItemEvent[] {
    // The index is the model server's word.
    const at = toolCall?.index ?? 0;
    const known = this.calls.get(at);
    if (known) return text === '' ? [] : grow(known, text);
    if (this.calls.size >= CALLS_MAX) return [];
    const call = this.add('function_call', toolCall?.id, toolCall?.name);
    this.calls.set(at, call);
    const added = { type: 'response.output_item.added', output_index: call.index, item: bodyOf(call) };
    return text === '' ? [added] : [added, ...grow(call, text)];
  }

  private begin(kind: 'message' | 'reasoning'): { item: Item; events: ItemEvent[] } {
    const item = this.add(kind);
    this.texts.set(kind, item);
    const at = { item_id: item.id, output_index: item.index, content_index: 0 };
    const events = [
      {
        type: 'response.output_item.added',
        output_index: item.index,
        item: { ...bodyOf(item), content: [] },
      },
      { type: 'response.content_part.added', ...at, part: partOf(item) },
    ];
    return { item, events };
  }

  private add(kind: Item['kind'], callId?: string, name = ''): Item {
    const index = this.items.length;
    const id = `${PREFIX[kind]}_${this.reference}_${index}`;
    const item: Item = {
      ...{ kind, id, index, name, text: '', status: 'in_progress' },
      callId: callId ?? `call_${this.reference}_${index}`,
    };
    this.items.push(item);
    return item;
  }
}

const PREFIX = { message: 'msg', reasoning: 'rs', function_call: 'fc' } as const;

function grow(item: Item, delta: string): ItemEvent[] {
  item.text = joinPiece(item.text, delta);
  const at = { item_id: item.id, output_index: item.index };
  if (item.kind === 'function_call')
    return [{ type: 'response.function_call_arguments.delta', ...at, delta }];
  const event = { type: `response.${TEXT[item.kind]}.delta`, ...at, content_index: 0, delta };
  return [item.kind === 'message' ? { ...event, logprobs: [] } : event];
}

function close(item: Item, status: ItemStatus): ItemEvent[] {
  item.status = status;
  const { text } = item;
  const at = { item_id: item.id, output_index: item.index };
  const done = { type: 'response.output_item.done', output_index: item.index, item: bodyOf(item) };
  if (item.kind === 'function_call') {
    const { name } = item;
    return [{ type: 'response.function_call_arguments.done', ...at, name, arguments: text }, done];
  }
  const inside = { ...at, content_index: 0 };
  const said = { type: `response.${TEXT[item.kind]}.done`, ...inside, text };
  return [
    item.kind === 'message' ? { ...said, logprobs: [] } : said,
    { type: 'response.content_part.done', ...inside, part: partOf(item) },
    done,
  ];
}

function partOf({ kind, text }: Item): object {
  return kind === 'message'
    ? { type: 'output_text', text, annotations: [], logprobs: [] }
    : { type: 'reasoning_text', text };
}

function bodyOf(item: Item): object {
  const { kind, id, status, callId, name } = item;
  if (kind === 'function_call')
    return { id, type: kind, status, call_id: callId, name, arguments: item.text };
  if (kind === 'reasoning') return { id, type: kind, status, summary: [], content: [partOf(item)] };
  return { id, type: kind, status, role: 'assistant', content: [partOf(item)] };
}
