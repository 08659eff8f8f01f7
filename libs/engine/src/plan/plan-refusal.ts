/** Closed list; each is something that the operator can put right. */
export type PlanRefusalCode =
  | 'NO_MODEL'
  | 'NO_GPU'
  | 'WISH_INVALID'
  | 'TOO_MANY_GPUS'
  | 'HEADS_NOT_DIVISIBLE'
  | 'CAPABILITY_TOO_LOW'
  | 'NO_ROOM_FOR_WEIGHTS'
  | 'NO_ROOM_FOR_CONTEXT'
  | 'CONTEXT_OVER_MODEL'
  | 'MEMORY_TAKEN'
  | 'UTILIZATION_TOO_HIGH'
  | 'MODELS_DO_NOT_SHARE';

/** A plan that cannot work: a value, not an exception. */
export class PlanRefusal {
  constructor(
    readonly code: PlanRefusalCode,
    /** What cannot work with its arithmetic, then what would. */
    readonly sentences: readonly string[],
    /** The numbers of the sentences; sizes in bytes. */
    readonly facts: Readonly<Record<string, number | string>> = {},
  ) {}
}

export function isPlanRefusal(value: unknown): value is PlanRefusal {
  return value instanceof PlanRefusal;
}
