import { createHash } from 'node:crypto';
import { boundSteps } from './bound-steps.js';
import { readPattern } from './read-pattern.js';
import type { Rule } from './rule.js';

/**
 * Why a pattern cannot take unbounded time, as it is kept beside the rules in verdicts.json. Written by
 * `npm run prove:firewall`; nothing of it is read when the product runs.
 */
export interface Verdict {
  /** The first rule that has the pattern. */
  readonly rule: string;
  /**
   * `steps`: the bound below is at most STEPS_MAX. `measured`: the bound is larger, and no text was found on which it
   * shows. `vulnerable`: it was.
   */
  readonly by: 'steps' | 'measured' | 'vulnerable';
  /** Steps of one attempt at one position, at most, by bound-steps.ts. */
  readonly steps: number;
  /** What recheck's search for attacks came to: `none`, `timeout`, or what it believes the growth to be. Not every pattern is searched. */
  readonly search?: string;
  /** Processor time for 32 kB of the dearest text that is known, hostile to this pattern, in microseconds. */
  readonly micros: number;
  /** Milliseconds that the proof took. */
  readonly ms: number;
}

/** Verdicts by the key of a pattern. */
export type Verdicts = Readonly<Record<string, Verdict>>;

/** Up to here the bound is the proof: a few milliseconds for the dearest position that a text can have. */
export const STEPS_MAX = 1_000_000;
/** What 32 kB of the dearest text may need; the product, which tries patterns near their strings alone, needs less. */
export const MICROS_MAX = 20_000;

/** A pattern as it is run: an alternative of a rule's pattern, without flags that change what it means. */
export interface RunPattern {
  readonly rule: Rule;
  readonly source: string;
  readonly key: string;
}

/** Every pattern that the product runs, once. */
export function patternsOf(rules: readonly Rule[]): RunPattern[] {
  const patterns = new Map<string, RunPattern>();
  for (const rule of rules)
    for (const { source } of readPattern(rule.pattern)) {
      const key = keyOf(source, '');
      if (!patterns.has(key)) patterns.set(key, { rule, source, key });
    }
  return [...patterns.values()];
}

export function keyOf(source: string, flags: string): string {
  return createHash('sha256').update(`/${source}/${flags}`).digest('hex').slice(0, 16);
}

/** What is wrong with the verdict of a pattern; undefined where it holds. */
export function mistakeOf({ source, key }: RunPattern, verdicts: Verdicts): string | undefined {
  const verdict = verdicts[key];
  if (!verdict) return 'has no verdict: npm run prove:firewall';
  if (verdict.by === 'vulnerable')
    return `is vulnerable: ${verdict.search ?? ''} ${verdict.micros} µs for 32 kB`;
  const steps = boundSteps(source);
  if (!Number.isFinite(steps)) return 'has a repetition without a bound';
  if (verdict.steps !== steps)
    return `has another bound than the one kept: ${steps} steps, not ${verdict.steps}`;
  if (verdict.by === 'steps' && steps > STEPS_MAX) return `takes ${steps} steps and was not measured`;
  return verdict.micros > MICROS_MAX ? `takes ${verdict.micros} µs for 32 kB` : undefined;
}
