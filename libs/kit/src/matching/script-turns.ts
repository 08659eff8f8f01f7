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
