import { DEFAULT_FOLDS, DETECTOR_CATEGORIES, OWN_CATEGORY } from '../category-defaults.js';
import type { CategoryPolicy, DefaultCategory, ScannerPolicy } from '../scan-table.js';

/** What a tenant has decided about a category; what is left out is as built in. */
export type CategoryChange = Partial<CategoryPolicy>;
export type PolicyChanges = Readonly<Record<string, CategoryChange>>;

/** Categories that the product knows, by name. */
export function builtInCategories(tier: readonly DefaultCategory[]): ReadonlyMap<string, DefaultCategory> {
  return new Map([...tier, ...DETECTOR_CATEGORIES].map((category) => [category.name, category]));
}

/** The built-in policies with a tenant's changes over them. */
export class EffectivePolicy implements ScannerPolicy {
  readonly key: string;
  private readonly known = new Map<string, CategoryPolicy>();

  constructor(
    private readonly builtIn: ReadonlyMap<string, DefaultCategory>,
    private readonly changes: PolicyChanges,
  ) {
    const names = Object.keys(changes).sort();
    this.key = JSON.stringify(names.map((name) => [name, changes[name]]));
  }

  of(category: string): CategoryPolicy {
    let policy = this.known.get(category);
    if (!policy) {
      policy = { ...this.builtInOf(category), ...this.changeOf(category) };
      this.known.set(category, policy);
    }
    return policy;
  }

  builtInOf(category: string): CategoryPolicy {
    const known = this.builtIn.get(category);
    return known
      ? { action: known.action, severity: known.severity, folds: known.folds }
      : { ...OWN_CATEGORY, folds: DEFAULT_FOLDS };
  }

  changeOf(category: string): CategoryChange {
    return Object.hasOwn(this.changes, category) ? (this.changes[category] ?? {}) : {};
  }
}
