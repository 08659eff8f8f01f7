// as libs/quota/src/violation.ts
// rejected by @typescript-eslint/ban-ts-comment
// @ts-ignore
export const wrong: number = 'text';
