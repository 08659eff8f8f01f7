import type { CallContext } from '@lorekeep/kit/context';
import type { Refusal } from '@lorekeep/kit/errors';

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string;
  /** On assistant messages: tools that it called. */
  readonly toolCalls?: readonly { id: string; name: string; arguments: string }[];
  /** On tool messages: which call this answers. */
  readonly toolCallId?: string;
}

/** A passage that the caller may read, as it is shown to the model. */
export interface PromptPassage {
  /** The number to cite it by, from 1. */
  readonly number: number;
  readonly id: string;
  readonly title: string;
  readonly heading: string;
  readonly page: number | null;
  readonly content: string;
}

export interface Tool {
  readonly name: string;
  readonly description?: string;
  /** JSON schema of the arguments. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly strict?: boolean;
}

export type ToolChoice = 'none' | 'auto' | 'required' | { readonly name: string };

export type ResponseFormat =
  | { readonly type: 'text' | 'json_object' }
  | { readonly type: 'json_schema'; readonly jsonSchema: Readonly<Record<string, unknown>> };

/** What a caller may ask for; everything else that a model server understands is ours to set. */
export interface AnswerParameters {
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxTokens?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  readonly n?: number;
  readonly presencePenalty?: number;
  readonly frequencyPenalty?: number;
  readonly reasoningEffort?: 'low' | 'medium' | 'high';
  readonly tools?: readonly Tool[];
  readonly toolChoice?: ToolChoice;
  readonly parallelToolCalls?: boolean;
  readonly responseFormat?: ResponseFormat;
}

export interface EmbedWish {
  /** Length of the vectors, where the model can shorten them. */
  readonly dimensions?: number;
}

export interface TranscribeWish {
  /** A file in a format that model servers read. It is heard and not kept. */
  readonly audio: Uint8Array;
  readonly extension: string;
  readonly mediaType: string;
  /** Its code; left out, the model listens for it. */
  readonly language?: string;
  /** The times of its segments are wanted: then the text comes whole. */
  readonly segments: boolean;
}

/** Where in the text a segment stands and when it was said; everything about it is a number. */
export interface TranscriptSegment {
  /** Offsets into the text in UTF-16 units. */
  readonly from: number;
  readonly to: number;
  /** Seconds from the beginning of the recording. */
  readonly start: number;
  readonly end: number;
  readonly averageLogprob: number | null;
  readonly compressionRatio: number | null;
  readonly noSpeech: number | null;
}

export interface Transcript {
  /** Its code, where the model says it. */
  readonly language: string | null;
  /** Of the recording. */
  readonly seconds: number;
  readonly segments: readonly TranscriptSegment[];
}

export interface AnswerRequest {
  readonly model: string;
  /** The conversation, oldest first; the last user message is the question. */
  readonly messages: readonly ChatMessage[];
  /** The same for all questions of a conversation: keeps it on one server. Left out: its first user message. */
  readonly conversation?: string;
  readonly passages: readonly PromptPassage[];
  /** Earlier words that the question hangs on, for a driver that does not read conversations by itself. */
  readonly context?: string;
  /** `none`: the answer is not about documents; the messages go to the model as they are. */
  readonly documents: 'cited' | 'none';
  readonly parameters: AnswerParameters;
  /** What is written: decides the instructions. Which model writes it, the use case has decided. */
  readonly task: 'question' | 'draft' | 'chat';
  /** Nobody waits for it: everything else goes first. */
  readonly background?: boolean;
  /** Of the page: labels; the answer itself follows the language of the question. */
  readonly locale: 'en' | 'zh';
  /** Vectors of the messages are wanted in place of an answer: one choice for each, in their order. */
  readonly embed?: EmbedWish;
  /** What is said in a recording is wanted: one choice. The messages are what helps to understand it. */
  readonly transcribe?: TranscribeWish;
  /** `whole`: nobody reads along, so the upstream may answer in one piece. Default `stream`. */
  readonly delivery?: 'stream' | 'whole';
}

export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'error' | 'abort';

export interface Usage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** True when counted here and not by the model server. */
  readonly estimated: boolean;
}

/** What did not fit into the model's context. */
export interface LeftOut {
  /** Earlier questions with their answers. */
  readonly turns: number;
  readonly passages: number;
}

export type AnswerEvent =
  /** The question waits for its turn: position from 1, seconds estimated. Told again when that has changed. */
  | { readonly kind: 'waiting'; readonly position: number; readonly seconds: number }
  | ({ readonly kind: 'shortened' } & LeftOut)
  /** No answer comes: the queue is full, or the question too long. Nothing follows. */
  | { readonly kind: 'refusal'; readonly refusal: Refusal }
  | { readonly kind: 'model'; readonly model: string; readonly driver: DriverName; readonly label?: string }
  | {
      readonly kind: 'text';
      readonly choice: number;
      /** `tool`: arguments of a call, in pieces; the first piece of a call brings its id and name. */
      readonly channel: 'content' | 'reasoning' | 'tool';
      readonly text: string;
      readonly toolCall?: { readonly index: number; readonly id?: string; readonly name?: string };
    }
  /** In place of text, where vectors were asked for. */
  | { readonly kind: 'vector'; readonly choice: number; readonly values: Float32Array }
  /** Beside the text, where segments were asked for. */
  | ({ readonly kind: 'transcript'; readonly choice: number } & Transcript)
  /** The first time that a passage is cited. */
  | { readonly kind: 'citation'; readonly number: number; readonly passageId: string }
  /** Once per choice. The drivers here report `error` and `abort` as InferenceFault instead. */
  | { readonly kind: 'finish'; readonly choice: number; readonly reason: FinishReason }
  | ({ readonly kind: 'usage' } & Usage);

export type DriverName = 'extractive' | 'openai-compatible';

/**
 * Answers one request. Events come in the order shortened, waiting, model, text and citations, finish per
 * choice, usage; exactly one `model` and one `usage`, or a `refusal` in their place; with `embed` vectors in place of
 * text. Throws InferenceFault (which then carries the usage so far) for everything that is not a complete answer, INFERENCE_CANCELLED included; nothing outlives `ctx.signal` and `ctx.deadline`.
 */
export interface Driver {
  readonly name: DriverName;
  answer(ctx: CallContext, request: AnswerRequest): AsyncIterable<AnswerEvent>;
}

/** The text that an answer is about: the last message of the person. */
export function questionOf(request: Pick<AnswerRequest, 'messages'>): string {
  return request.messages.findLast((message) => message.role === 'user')?.content ?? '';
}
