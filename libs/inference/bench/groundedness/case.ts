/** What is wrong in a planted sentence. */
export type Planted =
  | (
      | 'number'
      | 'unit'
      | 'name'
      | 'negation'
      | 'modality'
      | 'condition'
      | 'role'
      | 'invented'
      | 'wrong passage'
    )
  /** At most for at least; may for may not; before for after; who does what. */
  | ('date' | 'bound' | 'permission' | 'order' | 'swap');

/** File, a part of the section's heading (empty: what stands above the first), a true sentence, errors for it. */
export type Case = readonly [
  file: string,
  heading: string,
  text: string,
  ...errors: (readonly [find: string, replacement: string, kind: Planted])[],
];
