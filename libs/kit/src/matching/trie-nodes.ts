/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import * as cellsOf from './automaton.js';

/** Own constants are folded into the code; imported ones would be looked up at every use. */
const { BASE, CHECK } = cellsOf;

/** The child of a trie node for a code, or 0. */
export function childOf(cells: Int32Array, node: number, code: number): number {
  const child = cells[4 * node + BASE]! + code;
  return code !== 0 && cells[4 * child + CHECK] === node ? child : 0;
}

/** The code that leads from its parent to a node. */
export function codeInto(cells: Int32Array, node: number): number {
  return node - cells[4 * cells[4 * node + CHECK]! + BASE]!;
}

/** Whether all units that lead to a node are the same. */
export function isRun(cells: Int32Array, node: number): boolean {
  const code = codeInto(cells, node);
  let parent = cells[4 * node + CHECK]!;
  while (parent !== 0 && codeInto(cells, parent) === code) parent = cells[4 * parent + CHECK]!;
  return parent === 0;
}
