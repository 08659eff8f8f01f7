// as libs/kit/src/clock/violation.ts
// rejected by @nx/enforce-module-boundaries
import { Audit } from '@lorekeep/audit';

export const wrong = Audit;
