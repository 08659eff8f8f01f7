// as libs/auth/src/violation.ts
// rejected by @nx/enforce-module-boundaries
import { Quota } from '../../quota/src/index.js';

export const wrong = Quota;
