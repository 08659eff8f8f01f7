import type { Exception } from '../exceptions/exception.js';
import { FirewallFault } from '../firewall.errors.js';
import { ACTIONS, allowedActions, isCategory, PRESETS, type Action } from '../policy.js';
import { PARANOIA_LEVELS, type Category } from '../rules/rule.js';
import type { OwnRule } from '../tenant-rules/own-rule.js';
import { NO_SETUP, type Setup } from './setup.js';

/**
 * What is stored, read again. It may be older than the list of categories, but an action that is none is no policy to
 * go by. @throws FirewallFault for anything that this program has not written
 */
export function readSetup(stored: unknown, actions: unknown): Setup {
  if (!isObject(stored) || !isObject(actions)) throw unreadable();
  const { preset, paranoia, shadow, rules, exceptions } = { ...NO_SETUP, ...(stored as Partial<Setup>) };
  const isKnown =
    PRESETS.includes(preset) && PARANOIA_LEVELS.includes(paranoia) && typeof shadow === 'boolean';
  if (!isKnown || !Array.isArray(rules) || !Array.isArray(exceptions)) throw unreadable();
  return {
    preset,
    paranoia,
    shadow,
    actions: readActions(actions),
    rules: rules as OwnRule[],
    exceptions: exceptions as Exception[],
  };
}

function readActions(stored: object): Setup['actions'] {
  const actions: Partial<Record<Category, Action>> = {};
  for (const [category, action] of Object.entries(stored)) {
    if (!isCategory(category)) continue;
    const known = ACTIONS.find((each) => each === action);
    if (!known || !allowedActions(category).includes(known)) throw unreadable();
    actions[category] = known;
  }
  return actions;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const unreadable = () =>
  new FirewallFault('FIREWALL_FAILED', new Error('the policy of the firewall is not readable'));
