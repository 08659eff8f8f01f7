export type TaskKind = 'code' | 'mathematics' | 'writing';

export type Verdict = { readonly passed: true } | { readonly passed: false; readonly reason: string };

/** One question with a check that a machine can make. */
export interface Task {
  readonly id: string;
  readonly kind: TaskKind;
  readonly prompt: string;
  /** What passes, in words: it stands in the report. */
  readonly passes: string;
  check(answer: string): Verdict | Promise<Verdict>;
}

export const PASSED: Verdict = { passed: true };
export const notPassed = (reason: string): Verdict => ({ passed: false, reason });
