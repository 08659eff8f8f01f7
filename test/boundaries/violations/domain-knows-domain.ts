// as libs/auth/src/violation.ts
// rejected by @nx/enforce-module-boundaries
import { Quota } from '@lorekeep/quota';

export const wrong = Quota;
