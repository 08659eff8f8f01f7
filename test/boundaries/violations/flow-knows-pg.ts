// as libs/question-path/src/violation.ts
// rejected by @nx/enforce-module-boundaries
import pg from 'pg';

export const wrong = pg.Client;
