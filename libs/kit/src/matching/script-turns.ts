/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds */
import * as cellsOf from './automaton.js';
import type { MatcherTables } from './matcher-tables.js';
import { sharedInt32 } from './shared-arrays.js';
import { codeInto } from './trie-nodes.js';
import { SPACED, UNSPACED } from './unit-class.js';

const { CHECK } = cellsOf;

/** Nodes behind a letter of a spaced script with one of an unspaced script next (`AV|女优`), in order; bits as `ahead`. */
export interface ScriptTurns {
  readonly nodes: Int32Array;
  readonly bits: Int32Array;
}

/** Gathers them from the states of an automaton. */
export class FindTurns {
  private readonly found = new Map<number, number>();

  constructor(private readonly matcher: MatcherTables) {}

  /** @param bits the kinds of entries that are and lie beyond this state */
  look(state: number, bits: number): void {
    const { letters, automaton } = this.matcher;
    const { cells } = automaton;
    if (letters[codeInto(cells, state)] !== UNSPACED) return;
    const parent = cells[4 * state + CHECK]!;
    if (parent === 0 || letters[codeInto(cells, parent)] !== SPACED) return;
    this.found.set(parent, (this.found.get(parent) ?? 0) | bits);
  }

  turns(): ScriptTurns {
    const nodes = sharedInt32(this.found.size);
    nodes.set([...this.found.keys()]);
    nodes.sort();
    const bits = sharedInt32(nodes.length);
    nodes.forEach((node, i) => (bits[i] = this.found.get(node)!));
    return { nodes, bits };
  }
}

/** The nodes, marked by their lowest bits: a byte for each, so that of eight other states one has to be looked for at most. */
export function marksOf({ nodes }: ScriptTurns): Uint8Array {
  const marks = new Uint8Array(1 << Math.ceil(Math.log2(nodes.length + 1)));
  nodes.forEach((node) => (marks[(node >> 3) & (marks.length - 1)]! |= 1 << (node & 7)));
  return marks;
}

/** Whether a state may be one of the nodes. */
export function isMarked(marks: Uint8Array, state: number): boolean {
  return ((marks[(state >> 3) & (marks.length - 1)]! >> (state & 7)) & 1) !== 0;
}

/** Kinds of entries that go on from a node with a letter of an unspaced script. */
export function bitsAfter({ nodes, bits }: ScriptTurns, node: number): number {
  let [low, high] = [0, nodes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (nodes[middle]! < node) low = middle + 1;
    else high = middle;
  }
  return nodes[low] === node ? bits[low]! : 0;
}
