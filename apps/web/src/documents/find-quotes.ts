import type { Span } from '../kit/split-tables.js';

/** A word, or one character of a script that writes without blanks. */
const TOKEN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu;
/** An end of a sentence, Western with a space after it or Chinese without, or a line's end. */
const END = /[.!?…]["'”’)\]]*(?=\s)|[。！？；]["”’」）]*|\n/gu;
/** Numbers of citations, which stand in the middle of what is quoted. */
const CHIP = /[[【]\d{1,3}(?:\s?[,，、]\s?\d{1,3})*[\]】]/g;
/** So many in a row are the same by intention. */
const RUN = 4;
/** Of a sentence this much must be quoted, and so many tokens: anything may share a phrase. */
const SHARE = 0.7;
const TOKENS_MIN = 5;
/** An answer beyond this many UTF-16 units is compared as far as here. */
const ANSWER_MAX = 100_000;

const RULE = /^\|(?:\s*:?-+:?\s*\|)+$/;

interface Token extends Span {
  word: string;
}

function tokensOf(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map(({ 0: word, index }) => ({
    word: word.normalize('NFKC').toLowerCase(),
    start: index,
    end: index + word.length,
  }));
}

const runAt = (tokens: readonly Token[], at: number) =>
  tokens
    .slice(at, at + RUN)
    .map(({ word }) => word)
    .join(' ');

/**
 * The sentences and table rows of a passage that an answer quotes, word for word or nearly so, as spans of `content` in
 * order; neighbours are one span. What is only retold is not found.
 */
export function findQuotes(content: string, answer: string): Span[] {
  const said = answer.slice(0, ANSWER_MAX);
  const theirs = tokensOf(said.replace(CHIP, ' '));
  const runs = new Set<string>();
  for (let at = 0; at + RUN <= theirs.length; at++) runs.add(runAt(theirs, at));
  if (runs.size === 0) return [];
  const words = new Set(theirs.map(({ word }) => word));
  const lines = new Set(said.split('\n').map((line) => line.trim()));
  const tokens = tokensOf(content);
  const quoted = new Uint8Array(tokens.length);
  for (let at = 0; at + RUN <= tokens.length; at++)
    if (runs.has(runAt(tokens, at))) quoted.fill(1, at, at + RUN);
  const found: Span[] = [];
  let next = 0;
  for (const unit of unitsOf(content)) {
    let [all, same, otherNumber] = [0, 0, false];
    for (; next < tokens.length && (tokens[next] as Token).start < unit.end; next++) {
      all++;
      same += quoted[next] ?? 0;
      const { word } = tokens[next] as Token;
      // The same sentence about another amount is another sentence.
      otherNumber ||= /\p{N}/u.test(word) && !words.has(word);
    }
    const text = content.slice(unit.start, unit.end);
    const isRow = text.startsWith('|');
    if (
      isRow
        ? lines.has(text) && !isHead(content, unit)
        : !otherNumber && same >= TOKENS_MIN && same >= all * SHARE
    )
      join(found, unit, content);
  }
  return found;
}

/** Rows of tables, and sentences, without the blanks around them. */
function unitsOf(content: string): Span[] {
  const units: Span[] = [];
  const add = (from: number, to: number) => {
    const text = content.slice(from, to);
    const start = from + text.length - text.trimStart().length;
    const end = start + text.trim().length;
    if (end > start) units.push({ start, end });
  };
  let start = 0;
  for (const line of content.split('\n')) {
    const end = start + line.length;
    let from = start;
    if (!line.startsWith('|')) {
      for (const match of line.matchAll(END)) {
        add(from, start + match.index + match[0].length);
        from = start + match.index + match[0].length;
      }
    }
    add(from, end);
    start = end + 1;
  }
  return units;
}

/** Every quotation of a row brings the head along: that it is there says nothing. */
const isHead = (content: string, { start, end }: Span) =>
  RULE.test(content.slice(start, end)) || RULE.test(content.slice(end + 1).split('\n', 1)[0] ?? '');

function join(found: Span[], unit: Span, content: string): void {
  const last = found.at(-1);
  if (last && !content.slice(last.end, unit.start).trim() && !content.startsWith('|', unit.start))
    last.end = unit.end;
  else found.push({ ...unit });
}
