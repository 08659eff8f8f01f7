// as apps/web/src/violation.ts
// rejected by @nx/enforce-module-boundaries
import { Refusal } from '@lorekeep/kit/errors';

export const wrong = Refusal;
