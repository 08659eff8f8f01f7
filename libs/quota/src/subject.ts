/** Whom a policy limits. */
export const SUBJECT_KINDS = ['tenant', 'group', 'user'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

export const MEASURES = ['requests', 'tokens', 'concurrent'] as const;
export type Measure = (typeof MEASURES)[number];
