/** What one line of vLLM's log says. Sizes are bytes; texts hold numbers and names of ours, never what a caller sent. */

/** Stages of a start in their order; each lasts until the line that begins the next. */
export const STAGES = [
  'launch',
  'arguments',
  'engine',
  'distributed',
  'weights',
  'compile',
  'profile',
  'graphs',
  'finish',
  'listen',
  'warm',
] as const;

export type Stage = (typeof STAGES)[number];

/** Why a start failed or an engine died, as far as its own words tell. */
export type Cause =
  | { readonly kind: 'out-of-memory' }
  | {
      readonly kind: 'free-memory';
      readonly free: number;
      readonly total: number;
      readonly utilization: number;
      readonly wanted: number;
    }
  | { readonly kind: 'no-cache-room' }
  | {
      readonly kind: 'context-over-cache';
      readonly context: number;
      readonly needed: number;
      readonly available: number;
      /** vLLM's own estimate of the longest context that fits; null where it gives none. */
      readonly estimated: number | null;
    }
  | { readonly kind: 'context-over-model'; readonly context: number; readonly maximum: number }
  | { readonly kind: 'bad-flag'; readonly flags: string }
  | { readonly kind: 'port-taken' }
  | { readonly kind: 'missing-model' }
  | { readonly kind: 'too-many-gpus'; readonly wanted: number; readonly present: number }
  | { readonly kind: 'heads-not-divisible'; readonly heads: number; readonly parallel: number }
  | { readonly kind: 'damaged-weights' }
  | { readonly kind: 'no-kernel' }
  | { readonly kind: 'missing-module'; readonly module: string }
  | { readonly kind: 'no-vocabulary' }
  /** The first exception of a failed start that no pattern knows, without what it quotes. */
  | { readonly kind: 'unknown'; readonly text: string }
  | { readonly kind: 'worker-died' }
  | { readonly kind: 'engine-died' };

export type LogEvent =
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'version'; readonly version: string }
  | { readonly kind: 'shards'; readonly done: number; readonly total: number }
  | { readonly kind: 'graphs'; readonly pass: string; readonly done: number; readonly total: number }
  /** Compiled graphs came from the compile cache: what follows is as short as in a second start. */
  | { readonly kind: 'cached' }
  | { readonly kind: 'memory'; readonly part: MemoryPart; readonly bytes: number }
  | { readonly kind: 'capacity'; readonly tokens: number }
  | { readonly kind: 'concurrency'; readonly context: number; readonly times: number }
  | { readonly kind: 'ready' }
  /** "No available shared memory broadcast block found": a process does not answer, or compiles for long. */
  | { readonly kind: 'silence' }
  | { readonly kind: 'cause'; readonly cause: Cause }
  /** An exception that no pattern knows: its class, and its message without what it quotes. */
  | { readonly kind: 'error'; readonly name: string; readonly message: string };

export const MEMORY_PARTS = ['weights', 'activation', 'nonTorch', 'graphs', 'kvCache'] as const;
export type MemoryPart = (typeof MEMORY_PARTS)[number];

export interface LogLine {
  /** `APIServer`, `EngineCore`, `Worker_TP0`; null where vLLM gives none. */
  readonly process: string | null;
  readonly level: 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL' | null;
  readonly events: readonly LogEvent[];
}
