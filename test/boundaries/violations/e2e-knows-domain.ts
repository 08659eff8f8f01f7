// as test/e2e/violation.e2e-spec.ts
// rejected by no-restricted-imports
import { Quota } from '@lorekeep/quota';

export const wrong = Quota;
