/* eslint-disable no-misleading-character-class, no-control-regex -- the characters that combine, and controls, are what is looked for */
import type { Span } from './mapped-text.js';

/** What ordinary text has little of; closed. */
export const ODDITY_KINDS = [
  'zero-width',
  'bidi',
  'tags',
  'variation-selectors',
  'combining',
  'controls',
  'private-use',
  'confusable-words',
] as const;
export type OddityKind = (typeof ODDITY_KINDS)[number];

export interface Oddity {
  readonly count: number;
  /** Neighbours are one span; the first of them, up to SPANS_MAX. */
  readonly spans: readonly Span[];
}
export type Oddities = ReadonlyMap<OddityKind, Oddity>;

/** More places than an administrator looks at. */
export const SPANS_MAX = 32;

/** Marks set one upon another, and those that strike through; one accent on a letter is ordinary. */
const SIGNS: readonly { readonly kind: OddityKind; readonly form: RegExp }[] = [
  // Joiners between emoji, and in Persian and Indic words, are ordinary: they are not among these.
  { kind: 'zero-width', form: /[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u3164\ufeff\uffa0]|(?<![\u0600-\u0dff\u1000-\u109f\u200d\ufe0f\udc00-\udfff\u2190-\u2bff])[\u200c\u200d]/g },
  { kind: 'bidi', form: /[\u202a-\u202e\u2066-\u2069]/g },
  { kind: 'tags', form: /(?:\udb40[\udc20-\udc7e]){1,64}/g },
  { kind: 'variation-selectors', form: /(?<=[\ufe00-\ufe0f\udd00-\uddef])[\ufe00-\ufe0f]|\udb40[\udd00-\uddef]/g },
  { kind: 'combining', form: /(?<=[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff])[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]|[\u0332-\u0338\u035c-\u0362\u0489]/g },
  { kind: 'controls', form: /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufff9-\ufffb]/g },
  { kind: 'private-use', form: /[\ue000-\uf8ff]/g },
]; // prettier-ignore

export function countOddities(original: string, confusable: readonly Span[]): Map<OddityKind, Oddity> {
  const found = new Map<OddityKind, Oddity>();
  for (const { kind, form } of SIGNS) {
    const spans: { start: number; end: number }[] = [];
    let count = 0;
    for (const { index, 0: sign } of original.matchAll(form)) {
      count += kind === 'tags' ? sign.length / 2 : 1;
      const last = spans.at(-1);
      const end = index + sign.length;
      if (last?.end === index) last.end = end;
      else if (spans.length < SPANS_MAX) spans.push({ start: index, end });
    }
    if (count > 0) found.set(kind, { count, spans });
  }
  if (confusable.length > 0)
    found.set('confusable-words', { count: confusable.length, spans: confusable.slice(0, SPANS_MAX) });
  return found;
}
