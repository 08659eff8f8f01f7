import { analyze } from '@lorekeep/kit/text';

export type Side = 'before' | 'during' | 'after';

/** "after probation", 领证后: on which side of what something lies. */
export interface Anchored {
  readonly side: Side;
  /** The word next to it, as a term. */
  readonly anchor: string;
}

const ENGLISH =
  /\b(before|prior to|until|after|since|during)\s+(?:(?:the|a|an|your|their|its|our|his|her|they|it|you|we|being|having)\s+)*([a-z][a-z-]+)/gi;
const CHINESE =
  /([\p{Script=Han}]{2,6})(之前|以前|期间|之后|以后|(?<![目当以之提事])前(?![台提端往期者后沿天])|(?<![以之事最落先今])后(?![台果续者来期代方面天]))/gu;
const SIDES: Readonly<Record<string, Side>> = {
  ...{
    before: 'before',
    'prior to': 'before',
    until: 'before',
    after: 'after',
    since: 'after',
    during: 'during',
  },
  ...{
    之前: 'before',
    以前: 'before',
    前: 'before',
    之后: 'after',
    以后: 'after',
    后: 'after',
    期间: 'during',
  },
};

/** What a text says to be before, during or after something that it names. */
export function readAnchored(plain: string): Anchored[] {
  if (!/before|prior|until|after|since|during|[前后期]/i.test(plain)) return [];
  const found: Anchored[] = [];
  const add = (word = '', anchor: string | undefined): void => {
    const side = SIDES[word.toLowerCase()];
    if (side && anchor !== undefined) found.push({ side, anchor });
  };
  for (const [, word, next = ''] of plain.matchAll(ENGLISH)) add(word, [...analyze(next)][0]);
  for (const [, before = '', word] of plain.matchAll(CHINESE)) add(word, [...analyze(before)].at(-1));
  return found;
}
