/**
 * Why a model server gave nothing that can be used. `away`: not reached, late, or broken; `busy`: it asks to wait;
 * `refused`: it does not take this request; `wrong`: it answered, with something that cannot be true.
 */
export const MODEL_FAILURES = ['away', 'busy', 'refused', 'wrong', 'forbidden'] as const;
export type ModelFailure = (typeof MODEL_FAILURES)[number];

/** Caught within this domain: the search goes on without the model. The message holds no text that was sent. */
export class ModelError extends Error {
  constructor(
    readonly failure: ModelFailure,
    message: string,
    /** Milliseconds that the server asks to wait. */
    readonly retryAfterMs: number | null = null,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = 'ModelError';
  }
}
