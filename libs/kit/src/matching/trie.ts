/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { type PackedTexts, sortTexts } from './packed-texts.js';

/** A trie by levels: node 0 is the root, the children of a node follow each other in ascending order of code. */
export interface Trie {
  readonly count: number;
  /** Code that leads to each node. */
  readonly codes: Uint16Array;
  /** First child of each node; one more than there are nodes, so that the next one ends the range. */
  readonly children: Int32Array;
  /** Number of the pattern that ends in each node, or -1. */
  readonly own: Int32Array;
  /** First node of each level; the last number is `count`. */
  readonly levels: readonly number[];
  /** First text of each pattern, and for each text the next one that is equal, or -1. */
  readonly first: Int32Array;
  readonly next: Int32Array;
}

/** The trie of texts of codes, none of them 0; patterns are numbered in ascending order. */
export function growTrie(texts: PackedTexts): Trie {
  const sorted = sortTexts(texts);
  const { distinct, firstText, next } = chainEqual(texts, sorted);
  const { units, offsets } = inOrder(texts, firstText, distinct);
  const count = countNodes(units, offsets);
  const codes = new Uint16Array(count);
  const children = new Int32Array(count + 1);
  const own = new Int32Array(count).fill(-1);
  // Each node's range of the patterns.
  const from = new Int32Array(count);
  const to = new Int32Array(count);
  to[0] = distinct;
  let end = 1;
  const levels = [0];
  for (let depth = 0, begin = 0; begin < end; depth++) {
    const levelEnd = end;
    levels.push(levelEnd);
    for (let node = begin; node < levelEnd; node++) {
      children[node] = end;
      const last = to[node]!;
      let pattern = from[node]!;
      if (pattern < last && offsets[pattern + 1]! - offsets[pattern]! === depth) own[node] = pattern++;
      while (pattern < last) {
        const code = units[offsets[pattern]! + depth]!;
        codes[end] = code;
        from[end] = pattern++;
        while (pattern < last && units[offsets[pattern]! + depth] === code) pattern++;
        to[end++] = pattern;
      }
    }
    begin = levelEnd;
  }
  children[count] = count;
  return { count, codes, children, own, levels, first: firstText.slice(0, distinct), next };
}

function chainEqual({ units, offsets }: PackedTexts, sorted: Uint32Array) {
  const firstText = new Int32Array(sorted.length);
  const next = new Int32Array(sorted.length).fill(-1);
  let distinct = 0;
  for (let i = 0; i < sorted.length; i++) {
    const text = sorted[i]!;
    if (i > 0 && isEqual(units, offsets, sorted[i - 1]!, text)) next[sorted[i - 1]!] = text;
    else firstText[distinct++] = text;
  }
  return { distinct, firstText, next };
}

function isEqual(units: Uint16Array, offsets: Uint32Array, a: number, b: number): boolean {
  const length = offsets[a + 1]! - offsets[a]!;
  if (offsets[b + 1]! - offsets[b]! !== length) return false;
  for (let i = offsets[a]!, j = offsets[b]!; i < offsets[a + 1]!; i++, j++) {
    if (units[i] !== units[j]) return false;
  }
  return true;
}

/** The texts one after the other as they are sorted: reading them level by level then stays in the cache. */
function inOrder(texts: PackedTexts, order: Int32Array, count: number): PackedTexts {
  const offsets = new Uint32Array(count + 1);
  const length = (text: number) => texts.offsets[text + 1]! - texts.offsets[text]!;
  for (let i = 0; i < count; i++) offsets[i + 1] = offsets[i]! + length(order[i]!);
  const units = new Uint16Array(offsets[count]!);
  for (let i = 0; i < count; i++) {
    for (let at = offsets[i]!, from = texts.offsets[order[i]!]!; at < offsets[i + 1]!; at++, from++) {
      units[at] = texts.units[from]!;
    }
  }
  return { units, offsets };
}

/** The root, and what each pattern has beyond its common beginning with the one before. */
function countNodes(units: Uint16Array, offsets: Uint32Array): number {
  let count = 1;
  for (let i = 0; i + 1 < offsets.length; i++) {
    let at = offsets[i]!;
    if (i > 0) for (let j = offsets[i - 1]!; j < offsets[i]! && units[j] === units[at]; j++) at++;
    count += offsets[i + 1]! - at;
  }
  return count;
}
