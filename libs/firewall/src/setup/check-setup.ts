import {
  EXCEPTIONS_MAX,
  isSame,
  mistakesOf,
  type AskedException,
  type Exception,
} from '../exceptions/exception.js';
import { allowedActions, isCategory, PRESET_POLICIES, PRESETS, type Action, type Preset } from '../policy.js';
import { classifierRule } from '../inspect-text.js';
import { RESEMBLING_RULES } from '../resembles/resembling.js';
import { RULES } from '../rules/all-rules.js';
import { PARANOIA_LEVELS, type Category, type Paranoia } from '../rules/rule.js';
import { STEERING } from '../scoring.js';
import { checkOwnRule, type Mistake } from '../tenant-rules/check-own-rule.js';
import { OWN_RULES_MAX, type AskedRule, type OwnRule } from '../tenant-rules/own-rule.js';
import type { Setup } from './setup.js';

/** As it comes from outside: names that may be anything. */
export interface AskedSetup {
  readonly preset: string;
  readonly paranoia: number;
  readonly shadow: boolean;
  readonly actions: Readonly<Record<string, string>>;
  readonly rules: readonly AskedRule[];
  readonly exceptions: readonly AskedException[];
}

export interface Maker {
  readonly id: string | null;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const DETECTED = new Set(['secret', 'personal-data', 'flooding', 'hidden-text', 'obfuscation']);
const BUILT_IN_RULES = new Set([...RULES, ...RESEMBLING_RULES].map(({ id }) => id));

/**
 * The setup, or everything that is wrong with it. Exceptions that stay as they were stay whose they were. `groups`: ids
 * of those that exist here, of all that are named.
 */
export function checkSetup(
  asked: AskedSetup,
  before: Setup,
  maker: Maker,
  groups: ReadonlySet<string>,
): Setup | Mistake[] {
  const mistakes: Mistake[] = [];
  const preset = PRESETS.find((each) => each === asked.preset);
  if (!preset) mistakes.push({ path: 'preset', message: `must be one of ${PRESETS.join(', ')}` });
  if (!PARANOIA_LEVELS.includes(asked.paranoia as Paranoia))
    mistakes.push({ path: 'paranoia', message: 'must be 1 to 4' });
  mistakes.push(...mistakesOfActions(asked.actions));
  const rules = checkRules(asked.rules, mistakes);
  const exceptions = checkExceptions(asked, { before, maker, groups }, mistakes);
  if (mistakes.length > 0 || !preset) return mistakes;
  const { shadow } = asked;
  const actions = differences(asked.actions, preset);
  return { preset, paranoia: asked.paranoia as Paranoia, shadow, actions, rules, exceptions };
}

export function mistakesOfActions(actions: Readonly<Record<string, string>>): Mistake[] {
  return Object.entries(actions).flatMap(([category, action]) => {
    const path = `actions.${category}`;
    if (!isCategory(category)) return [{ path, message: 'is no category' }];
    const allowed = allowedActions(category);
    return allowed.some((each) => each === action)
      ? []
      : [{ path, message: `must be one of ${allowed.join(', ')}` }];
  });
}

function differences(actions: Readonly<Record<string, string>>, preset: Preset): Setup['actions'] {
  const usual = PRESET_POLICIES[preset].actions;
  return Object.fromEntries(
    Object.entries(actions).filter(([category, action]) => usual[category as Category] !== action),
  ) as Partial<Record<Category, Action>>;
}

function checkRules(asked: readonly AskedRule[], mistakes: Mistake[]): OwnRule[] {
  if (asked.length > OWN_RULES_MAX) {
    mistakes.push({ path: 'rules', message: `at most ${OWN_RULES_MAX}` });
    return [];
  }
  const ids = new Set<string>();
  return asked.flatMap((rule, at) => {
    if (ids.has(rule.id)) mistakes.push({ path: `rules.${at}.id`, message: 'is there twice' });
    ids.add(rule.id);
    const checked = checkOwnRule(rule, `rules.${at}`);
    if (!Array.isArray(checked)) return [checked as OwnRule];
    mistakes.push(...checked);
    return [];
  });
}

function checkExceptions(
  asked: AskedSetup,
  { before, maker, groups }: { before: Setup; maker: Maker; groups: ReadonlySet<string> },
  mistakes: Mistake[],
): Exception[] {
  if (asked.exceptions.length > EXCEPTIONS_MAX) {
    mistakes.push({ path: 'exceptions', message: `at most ${EXCEPTIONS_MAX}` });
    return [];
  }
  const own = new Set(asked.rules.map(({ id }) => id));
  const isDetector = (name: string) =>
    (name.includes('.') && DETECTED.has(name.split('.')[0] ?? '')) ||
    STEERING.some((category) => classifierRule(category) === name);
  const known = {
    has: (name: string) => BUILT_IN_RULES.has(name) || own.has(name) || isDetector(name),
  };
  const ids = new Set<string>();
  return asked.exceptions.map((exception, at) => {
    const path = `exceptions.${at}`;
    if (ids.has(exception.id)) mistakes.push({ path: `${path}.id`, message: 'is there twice' });
    ids.add(exception.id);
    const kept = before.exceptions.find((one) => isSame(one, exception));
    if (kept) return kept;
    mistakes.push(...mistakesOf(exception, path, maker.now, known));
    const { id, target, fragment, reason, expiresAt } = exception;
    // As the database writes them, and so as callers are known by them.
    const groupIds = exception.groupIds.map((group) => group.toLowerCase());
    // Nobody is in a group that does not exist: the exception would say something and do nothing.
    if (!groupIds.every((group) => groups.has(group)))
      mistakes.push({ path: `${path}.groupIds`, message: 'names a group that does not exist' });
    const madeAt = new Date(maker.now).toISOString();
    const madeBy = { id: maker.id, name: maker.name };
    return { id, target, fragment, groupIds, reason, expiresAt, madeBy, madeAt };
  });
}
