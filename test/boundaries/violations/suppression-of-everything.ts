// as libs/quota/src/violation.ts
// rejected by house/suppression-reason
/* eslint-disable -- everything here is fine, honestly */
export const wrong = (value: any) => value;
