import { POLICY_ACTIONS, SEVERITIES, type PolicyAction, type Severity } from '@lorekeep/contracts/vocabulary';
import { isFoldName } from '@lorekeep/kit/matching';
import { RequestError } from '@lorekeep/kit/errors';
import type { CategoryChange, PolicyChanges } from './effective-policy.js';

/** As it comes from outside: names that may be anything. */
export interface AskedChange {
  readonly action?: string | null | undefined;
  readonly severity?: string | undefined;
  readonly folds?: readonly string[] | undefined;
}

/** Categories that one tenant may decide about; more than anybody will name by hand. */
export const POLICY_CATEGORIES_LIMIT = 1_000;

interface Known {
  /** Has actions of its own: null means nothing to it. */
  isBuiltIn(category: string): boolean;
  exists(category: string): boolean;
}

/**
 * The changes with their names known to be right.
 * @throws RequestError SCANNER_POLICY_INVALID (422), naming everything that is wrong
 */
export function checkChanges(asked: Readonly<Record<string, AskedChange>>, known: Known): PolicyChanges {
  const problems: { path: string; message: string }[] = [];
  const changes: [string, CategoryChange][] = [];
  for (const [category, change] of Object.entries(asked)) {
    const path = `categories.${category}`;
    if (!known.exists(category)) {
      problems.push({ path, message: `${category} is no category` });
      continue;
    }
    problems.push(...problemsOf(change, path, known.isBuiltIn(category)));
    changes.push([category, changeOf(change)]);
  }
  if (changes.length > POLICY_CATEGORIES_LIMIT)
    problems.push({ path: 'categories', message: `at most ${POLICY_CATEGORIES_LIMIT}` });
  if (problems.length > 0)
    throw new RequestError(
      422,
      'SCANNER_POLICY_INVALID',
      'The policy has mistakes; nothing was changed.',
      problems,
    );
  return Object.fromEntries(changes.filter(([, change]) => Object.keys(change).length > 0));
}

function problemsOf(change: AskedChange, path: string, isBuiltIn: boolean) {
  const problems: { path: string; message: string }[] = [];
  const { action, severity, folds = [] } = change;
  if (action === null ? isBuiltIn : action !== undefined && !isAction(action)) {
    const name = action === null ? 'none' : action;
    problems.push({
      path: `${path}.action`,
      message: `${name} is no action: one of ${POLICY_ACTIONS.join(', ')}`,
    });
  }
  if (severity !== undefined && !isSeverity(severity))
    problems.push({
      path: `${path}.severity`,
      message: `${severity} is no severity: one of ${SEVERITIES.join(', ')}`,
    });
  for (const fold of folds)
    if (!isFoldName(fold)) problems.push({ path: `${path}.folds`, message: `${fold} is no fold` });
  return problems;
}

function changeOf({ action, severity, folds }: AskedChange): CategoryChange {
  return {
    ...(action === null || (action !== undefined && isAction(action)) ? { action } : {}),
    ...(severity !== undefined && isSeverity(severity) ? { severity } : {}),
    ...(folds && { folds: [...new Set(folds)].filter(isFoldName) }),
  };
}

const isAction = (name: string): name is PolicyAction => POLICY_ACTIONS.some((action) => action === name);
const isSeverity = (name: string): name is Severity => SEVERITIES.some((severity) => severity === name);
