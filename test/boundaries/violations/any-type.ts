// as libs/quota/src/violation.ts
// rejected by @typescript-eslint/no-explicit-any
export const wrong = (value: any) => value;
