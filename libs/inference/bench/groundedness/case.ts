/** What is wrong in a planted sentence. */
export type Planted =
  'number' | 'unit' | 'name' | 'negation' | 'modality' | 'condition' | 'role' | 'invented' | 'wrong passage';

/** File, a part of the section's heading (empty: what stands above the first), a true sentence, errors for it. */
export type Case = readonly [
  file: string,
  heading: string,
  text: string,
  ...errors: (readonly [find: string, replacement: string, kind: Planted])[],
];
