import { canonicalText } from '../canonical/canonical-text.js';
import type { Rule } from '../rules/rule.js';

/** Of each kind; rules have up to hundreds of literals. */
const UNITS_MAX = 12;

/** Texts that make a pattern start often and fail late: its literals, its examples and their parts, over and over. */
export function adversarialUnits(rule: Pick<Rule, 'literals' | 'catches'>): string[] {
  const literals = spread(rule.literals).flatMap((literal) => [literal, `${literal} a `]);
  const examples = rule.catches.map((example) => canonicalText(example).text);
  const parts = examples.flatMap((text) =>
    [0.3, 0.5, 0.7, 0.9, 1].map((share) => text.slice(0, Math.floor(text.length * share))),
  );
  const pairs = examples.flatMap((text) => {
    const words = text.split(/\s+/);
    return words.slice(1).map((word, at) => `${words[at] ?? ''} ${word}`);
  });
  return [...new Set([...literals, ...spread(parts), ...spread(pairs)].map((unit) => `${unit} `))];
}

/** A unit over and over, `length` UTF-16 units long. */
export function filled(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}

function spread(units: readonly string[]): string[] {
  return units.filter((unit, at) => unit !== '' && at % Math.ceil(units.length / UNITS_MAX) === 0);
}
