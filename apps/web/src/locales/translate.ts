import type { en } from './en.js';

export type Texts = typeof en;

/** Every path to a text, `ask.steps.found` for its two plural forms. A path that does not exist does not compile. */
type PathsIn<Branch> = {
  [Key in keyof Branch & string]: Branch[Key] extends string
    ? Key extends `${infer Plural}_${'one' | 'other'}`
      ? Plural
      : Key
    : `${Key}.${PathsIn<Branch[Key]>}`;
}[keyof Branch & string];
export type TextKey = PathsIn<Texts>;

type At<Branch, Path extends string> = Path extends `${infer Key}.${infer Rest}`
  ? Key extends keyof Branch
    ? At<Branch[Key], Rest>
    : never
  : Path extends keyof Branch
    ? Branch[Path]
    : `${Path}_other` extends keyof Branch
      ? Branch[`${Path}_other` & keyof Branch]
      : never;
type Slots<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Slots<Rest> : never;
type ValueNames<Key extends TextKey> = Slots<At<Texts, Key>> | (Key extends PluralKey ? 'count' : never);
type PluralPaths<Branch> = {
  [Key in keyof Branch & string]: Branch[Key] extends string
    ? Key extends `${infer Plural}_other`
      ? Plural
      : never
    : `${Key}.${PluralPaths<Branch[Key]>}`;
}[keyof Branch & string];
type PluralKey = PluralPaths<Texts>;

/** What a text needs to be filled in with: missing and unknown names do not compile. */
export type ValuesOf<Key extends TextKey> = [ValueNames<Key>] extends [never]
  ? []
  : [values: { [Name in ValueNames<Key>]: Name extends 'count' ? number : string | number }];

export type Translate = <Key extends TextKey>(key: Key, ...values: ValuesOf<Key>) => string;

function find(branch: unknown, path: string): string | undefined {
  let at: unknown = branch;
  for (const key of path.split('.')) {
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined;
  }
  return typeof at === 'string' ? at : undefined;
}

/** Looks texts up in one language; `count` chooses the plural form by the rules of that language. */
export function translator(texts: object, locale: string): Translate {
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (key, ...[values]) => {
    const filled = values as Record<string, string | number> | undefined;
    const count = filled?.['count'];
    const plural =
      typeof count === 'number'
        ? (find(texts, `${key}_${plurals.select(count)}`) ?? find(texts, `${key}_other`))
        : undefined;
    const text = plural ?? find(texts, key) ?? key;
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const value = filled?.[name];
      return typeof value === 'number' ? numbers.format(value) : (value ?? '');
    });
  };
}
