import type { MappedText } from './mapped-text.js';
import { type Piece, splice } from './splice.js';

/** Where one literal ends and the next begins: `"a" + "b"`, `'a'.'b'`, `"a" "b"`, `"a", "b"`, `"a" || "b"`. */
const JOINT = /(["'`\u201d\u2019])(?:\s{0,4}(?:\+|\.|\|\||&|,|\.\.|<<)\s{0,4}|[ ]{1,2})(["'`\u201c\u2018])/g;
/** A name that is given a literal: `a = "…"`, `let a: "…"`, `Part 1: "…"`, `a is "…"`. */
const ASSIGNED =
  /(?<![\p{L}\p{N}_])([\p{L}_$][\p{L}\p{N}_$]{0,31}|[\p{L}]{1,16} \d{1,3})\s{0,4}(?::=|=>|[:=\uff1a]|\bis\b|\u662f|\u4e3a)\s{0,4}(?:"([^"\n]{1,256})"|'([^'\n]{1,256})'|`([^`\n]{1,256})`|\u201c([^\u201d\n]{1,256})\u201d)/gu;
/** Names that are put together. */
const SUM =
  /(?<![\p{L}\p{N}_])[\p{L}_$][\p{L}\p{N}_$]{0,31}(?:\s{0,4}(?:\+|\.|\|\||&)\s{0,4}[\p{L}_$][\p{L}\p{N}_$]{0,31}){1,64}/gu;
const LITERALS_MIN = 2;

/** Literals side by side, as the one that they are together. */
export function guessJoinedLiterals(source: MappedText): MappedText | undefined {
  return splice(source, joints(source.text));
}

/** Lists are put together only where the text says so. */
const PUT_TOGETHER = /join|concat|combin|together|拼|连接|合并|组合/i;

function* joints(text: string): Generator<Piece> {
  const isList = PUT_TOGETHER.test(text);
  for (const { index, 0: joint, 1: first, 2: second } of text.matchAll(JOINT))
    if (isPair(first ?? '', second ?? '') && (isList || !joint.includes(',')))
      yield { start: index, end: index + joint.length, text: '' };
}

function isPair(first: string, second: string): boolean {
  return (
    first === second ||
    (first === '\u201d' && second === '\u201c') ||
    (first === '\u2019' && second === '\u2018')
  );
}

interface Literal {
  readonly name: string;
  readonly value: string;
}

/** Sums of names, as what the names were given; without a sum, what was given to all of them in turn. */
export function guessAssigned(source: MappedText): MappedText | undefined {
  const { text } = source;
  const literals: Literal[] = [];
  let end = 0;
  for (const match of text.matchAll(ASSIGNED)) {
    literals.push({ name: match[1] ?? '', value: match[2] ?? match[3] ?? match[4] ?? match[5] ?? '' });
    end = match.index + match[0].length;
  }
  if (literals.length < LITERALS_MIN) return undefined;
  const values = new Map(literals.map(({ name, value }) => [name, value]));
  const summed = splice(source, sums(text, values));
  if (summed) return summed;
  return splice(source, [{ start: 0, end, text: literals.map(({ value }) => value).join('') }]);
}

function* sums(text: string, values: ReadonlyMap<string, string>): Generator<Piece> {
  for (const { index, 0: sum } of text.matchAll(SUM)) {
    const names = sum.split(/\s*(?:\+|\.|\|\||&)\s*/);
    const known = names.map((name) => values.get(name));
    if (known.every((value) => value !== undefined))
      yield { start: index, end: index + sum.length, text: known.join('') };
  }
}
