import type { FinishReason } from '../driver.js';

/** What one chunk of a stream, or one choice of a whole answer, says about one choice. */
export interface ChoicePiece {
  readonly choice: number;
  readonly content: string;
  readonly reasoning: string;
  readonly toolCalls: readonly ToolPiece[];
  readonly finish: string | null;
  /** vLLM says that no stop string of the caller's ended it. */
  readonly endedItself: boolean;
}

export interface ToolPiece {
  readonly index: number;
  readonly id?: string;
  readonly name?: string;
  readonly arguments: string;
}

export interface ChunkContent {
  readonly pieces: readonly ChoicePiece[];
  readonly usage: { promptTokens: number; completionTokens: number } | null;
  /** An error object in place of choices: the answer has failed, even if `[DONE]` follows. */
  readonly failed: boolean;
}

type Json = Record<string, unknown>;

/** Reads a parsed chunk or whole completion without trusting its shape. @throws TypeError when it is neither */
export function readChunk(value: unknown): ChunkContent {
  if (!isObject(value)) throw new TypeError('not an object');
  if (value['error'] !== undefined && value['error'] !== null)
    return { pieces: [], usage: null, failed: true };
  if (!Array.isArray(value['choices'])) throw new TypeError('no choices');
  const pieces = (value['choices'] as unknown[]).map((choice, at) => readChoice(choice, at));
  return { pieces, usage: readUsage(value['usage']), failed: false };
}

function readChoice(value: unknown, at: number): ChoicePiece {
  if (!isObject(value)) throw new TypeError('choice is not an object');
  const said = isObject(value['delta']) ? value['delta'] : isObject(value['message']) ? value['message'] : {};
  const index = value['index'];
  return {
    choice: typeof index === 'number' && Number.isInteger(index) && index >= 0 ? index : at,
    content: text(said['content']),
    // vLLM says `reasoning`, older ones and others `reasoning_content`.
    reasoning: text(said['reasoning']) || text(said['reasoning_content']),
    toolCalls: Array.isArray(said['tool_calls']) ? (said['tool_calls'] as unknown[]).map(readToolCall) : [],
    finish: typeof value['finish_reason'] === 'string' ? value['finish_reason'] : null,
    endedItself: value['stop_reason'] !== undefined && typeof value['stop_reason'] !== 'string',
  };
}

function readToolCall(value: unknown, at: number): ToolPiece {
  if (!isObject(value)) throw new TypeError('tool call is not an object');
  const called = isObject(value['function']) ? value['function'] : {};
  const index = value['index'];
  return {
    index: typeof index === 'number' && Number.isInteger(index) && index >= 0 ? index : at,
    ...(typeof value['id'] === 'string' ? { id: value['id'] } : {}),
    ...(typeof called['name'] === 'string' ? { name: called['name'] } : {}),
    arguments: text(called['arguments']),
  };
}

function readUsage(value: unknown): ChunkContent['usage'] {
  if (!isObject(value)) return null;
  const { prompt_tokens: prompt, completion_tokens: completion } = value;
  if (!isCount(prompt) || !isCount(completion)) return null;
  return { promptTokens: prompt, completionTokens: completion };
}

/** Whole, and no more than adds up: records and their sums take no others. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** A complete answer's reason; null for `abort`, `error`, `repetition` and whatever else is no proper end. */
export function completeFinish(reason: string): FinishReason | null {
  switch (reason) {
    case 'stop':
    case 'length':
    case 'tool_calls':
    case 'content_filter':
      return reason;
    case 'function_call':
      return 'tool_calls';
    default:
      return null;
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
