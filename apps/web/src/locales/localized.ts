/** The same keys with any text; Chinese has one plural form, so `…_one` falls away. A missing key does not compile. */
export type Localized<Texts> = {
  [Key in keyof Texts as Key extends `${string}_one` ? never : Key]: Texts[Key] extends string
    ? string
    : Localized<Texts[Key]>;
};
