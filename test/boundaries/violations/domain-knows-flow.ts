// as libs/firewall/src/violation.ts
// rejected by @nx/enforce-module-boundaries
import { QuestionPath } from '@lorekeep/question-path';

export const wrong = QuestionPath;
