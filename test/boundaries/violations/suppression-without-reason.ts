// as libs/quota/src/violation.ts
// rejected by house/suppression-reason
/* eslint-disable */
export const wrong = (value: any) => value;
