// as libs/scanner/src/violation.ts
// rejected by no-console
export const wrong = () => console.log('seen');
