// as apps/worker/src/violation.ts
// rejected by no-restricted-imports
import { env } from 'node:process';

export const wrong = env;
