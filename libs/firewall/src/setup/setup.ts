import type { Exception } from '../exceptions/exception.js';
import { PRESET_POLICIES, type Action, type Actions, type Policy, type Preset } from '../policy.js';
import type { Category, Paranoia } from '../rules/rule.js';
import type { OwnRule } from '../tenant-rules/own-rule.js';
import { OwnRules } from '../tenant-rules/own-rules.js';

/** Everything that a tenant has decided about its firewall: exported, imported and replaced as one. */
export interface Setup {
  readonly preset: Preset;
  /** The preset's own is in force where that is greater. */
  readonly paranoia: Paranoia;
  readonly shadow: boolean;
  /** What differs from the preset. */
  readonly actions: Readonly<Partial<Record<Category, Action>>>;
  readonly rules: readonly OwnRule[];
  readonly exceptions: readonly Exception[];
}

/** What holds where a tenant has decided nothing. */
export const NO_SETUP: Setup = {
  preset: 'balanced',
  paranoia: 1,
  shadow: false,
  actions: {},
  rules: [],
  exceptions: [],
};

/** A setup made ready: its rules compiled, its exceptions still to be bound to a caller. */
export interface TenantPolicy extends Policy {
  readonly exceptions?: readonly Exception[];
}

/** @throws where a pattern does not parse: nothing is stored that was not checked */
export function compileSetup({ preset, paranoia, shadow, actions, rules, exceptions }: Setup): TenantPolicy {
  return {
    preset,
    paranoia: Math.max(paranoia, PRESET_POLICIES[preset].paranoia) as Paranoia,
    actions: { ...PRESET_POLICIES[preset].actions, ...actions } as Actions,
    ...(shadow && { shadow }),
    ...(rules.length > 0 && { own: new OwnRules(rules) }),
    ...(exceptions.length > 0 && { exceptions }),
  };
}
