import type { ScanAction } from '@lorekeep/contracts';
import { BASE_FOLDS, type BaseFoldName, type FoldName } from '@lorekeep/kit/matching';
import type { UnitSource } from '../compile-unit.js';

export interface ListInForce {
  readonly id: string;
  readonly category: string;
  readonly action: ScanAction;
}

export function baseFoldsIn(folds: readonly FoldName[]): BaseFoldName[] {
  return BASE_FOLDS.filter((name) => folds.includes(name));
}

/** The unit of one list: immutable like the list, but for the folds that are merged into it. */
export function listUnit(
  { id, category, action }: ListInForce,
  words: readonly string[],
  baseFolds: readonly BaseFoldName[],
): UnitSource {
  return {
    id: listUnitId(id, baseFolds),
    kind: 'list',
    baseFolds,
    entries: words,
    ruleOf: (entry) => ({ ruleId: `list:${id}:${entry}`, category, allow: false, action }),
  };
}

export const listUnitId = (listId: string, baseFolds: readonly BaseFoldName[]): string =>
  `list:${listId}:${baseFolds.join('+')}`;
