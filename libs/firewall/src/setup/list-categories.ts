import { allowedActions, PRESET_POLICIES, PRESETS, type Action, type Preset } from '../policy.js';
import { RULES } from '../rules/all-rules.js';
import { CATEGORIES, type Category } from '../rules/rule.js';

export interface CategoryRow {
  readonly category: Category;
  readonly usual: Readonly<Record<Preset, Action>>;
  readonly allowed: readonly Action[];
  /** Number of patterns of the product; 0 where detectors do the work. */
  readonly rules: number;
}

/** Every category with what the presets do about it and what could be done. */
export function listCategories(): CategoryRow[] {
  return CATEGORIES.map((category) => ({
    category,
    usual: Object.fromEntries(
      PRESETS.map((preset) => [preset, PRESET_POLICIES[preset].actions[category]]),
    ) as Record<Preset, Action>,
    allowed: allowedActions(category),
    rules: RULES.filter((rule) => rule.category === category).length,
  }));
}
