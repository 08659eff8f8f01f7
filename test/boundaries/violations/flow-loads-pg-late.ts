// as libs/document-path/src/violation.ts
// rejected by @nx/enforce-module-boundaries
export const wrong = () => import('pg');
