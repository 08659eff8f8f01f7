import assert from 'node:assert/strict';
import { Matcher, type MatcherEntry } from '../src/matching/matcher.js';
import { findByDefinition, type Found } from './by-definition.js';
import { continuationsOf } from './small-world.js';

interface Reported {
  readonly entry: number;
  readonly start: number;
  readonly end: number;
}

const keyOf = ({ entry, start, end }: Reported): string => `${entry} ${start}-${end}`;
const keysOf = (matches: readonly Reported[]): string[] => [...new Set(matches.map(keyOf))].sort();
/** An escape that a continuation could complete: text before it is held while any entry could go on from there. */
const OPEN_ESCAPE = /(?:\\(?:u[0-9a-f]{0,3}|x[0-9a-f]?|u\{[0-9a-f]*)?|&(?:#x?[0-9a-f]*|[a-z]*))$/i;

function covered(match: Reported, allowed: readonly Reported[]): boolean {
  return allowed.some(({ start, end }) => start <= match.start && end >= match.end);
}

/** What is to be reported of a text that is over, and begins at `last` or before. */
function expected(entries: readonly MatcherEntry[], text: string, last = Infinity): Found[] {
  const all = findByDefinition(entries, text, true, last);
  const allowed = all.filter(({ entry }) => entries[entry]?.allow === true);
  return all.filter((match) => entries[match.entry]?.allow !== true && !covered(match, allowed));
}

function readPieces(matcher: Matcher, pieces: readonly string[]) {
  const found: Reported[] = [];
  const borders: number[] = [];
  const cursor = matcher.cursor();
  const note = (entry: number, start: number, end: number) => {
    found.push({ entry, start, end });
    return false;
  };
  for (const piece of pieces) {
    cursor.feed(piece, note);
    borders.push(cursor.undecidedFrom());
  }
  cursor.finish(note);
  return { found, borders };
}

/** The matches of a text do not depend on its pieces and are those of the definition. */
export function checkMatches(entries: readonly MatcherEntry[], pieces: readonly string[]): void {
  const matcher = new Matcher(entries);
  const text = pieces.join('');
  const { found } = readPieces(matcher, pieces);
  assert.deepEqual(keysOf(found), keysOf(expected(entries, text)), 'the definition');
  assert.deepEqual(keysOf(readPieces(matcher, [text]).found), keysOf(found), 'one piece');
  assert.deepEqual(
    readPieces(matcher, text.split('')).found,
    readPieces(matcher, [text]).found,
    'single units',
  );
}

/**
 * After a text, what `undecidedFrom` holds back is what some continuation could make part of a match that has not
 * been reported: nothing less, and (allowing entries and open escapes apart) nothing more.
 */
export function checkBorder(entries: readonly MatcherEntry[], arrived: string): void {
  const matcher = new Matcher(entries);
  const text = /[\ud800-\udbff]$/.test(arrived) ? arrived.slice(0, -1) : arrived;
  const cursor = matcher.cursor();
  const reported = new Set<string>();
  cursor.feed(arrived, (entry, start, end) => {
    reported.add(keyOf({ entry, start, end }));
    return false;
  });
  const border = cursor.undecidedFrom();
  const certain = new Set(
    findByDefinition(entries, text, false)
      .filter((m) => m.isCertain)
      .map(keyOf),
  );
  let first = text.length;
  let because = '';
  const hasAllows = entries.some(({ allow }) => allow === true);
  for (const continuation of continuationsOf(entries, text)) {
    const whole = text + continuation;
    for (const match of expected(entries, whole, border)) {
      if (entries[match.entry]?.holds === false || match.start >= first) continue;
      if (reported.has(keyOf(match)) || (!hasAllows && certain.has(keyOf(match)))) continue;
      first = match.start;
      because = `${JSON.stringify(whole)} has ${keyOf(match)}`;
    }
  }
  const isExact = !hasAllows && !OPEN_ESCAPE.test(text);
  assert.ok(border <= first, `shown up to ${border}, but ${because}`);
  if (isExact) assert.equal(border, first, `held from ${border} without a reason before ${first}`);
}
