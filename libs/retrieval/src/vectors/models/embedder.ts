export type TextKind = 'question' | 'passage';

export interface EmbedOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** A model that makes vectors of texts. */
export interface Embedder {
  readonly key: string;
  /** For people. */
  readonly model: string;
  /** One vector of length 1 for each text, in their order. @throws ModelError */
  embed(texts: readonly string[], kind: TextKind, options: EmbedOptions): Promise<Float32Array[]>;
}

/** More dimensions than any model in use has. */
export const DIMENSIONS_MAX = 8_192;
