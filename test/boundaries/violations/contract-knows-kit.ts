// as libs/contracts/src/violation.ts
// rejected by @nx/enforce-module-boundaries
import { Fault } from '@lorekeep/kit/errors';

export const wrong = Fault;
