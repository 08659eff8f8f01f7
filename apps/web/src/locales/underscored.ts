/** The name of something of the gateway's as a key of texts, where a dot would mean a level: `sign-in.failed`. */
export type Underscored<Name extends string> = Name extends `${infer Head}.${infer Tail}`
  ? `${Head}_${Underscored<Tail>}`
  : Name;

export const underscored = <Name extends string>(name: Name) =>
  name.replaceAll('.', '_') as Underscored<Name>;
