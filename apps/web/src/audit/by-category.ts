/**
 * Rules of the firewall, `sql.union, sql.comment`, under the category that their names begin with (`own`: the
 * organisation's); '' has what is named otherwise.
 */
export function byCategory(rules: string): [category: string, rules: string[]][] {
  const families = new Map<string, string[]>();
  for (const rule of rules.split(', ')) {
    const [, family = '', name = rule] = /^([a-z-]+)\.([a-z0-9.-]+)$/.exec(rule) ?? [];
    families.set(family, [...(families.get(family) ?? []), name]);
  }
  return [...families];
}
