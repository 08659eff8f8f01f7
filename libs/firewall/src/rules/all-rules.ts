import { DIRECT_INJECTION } from './direct-injection.js';
import { DOCUMENT_ANSWER } from './document-answer.js';
import { DOCUMENT_INSTRUCTION } from './document-instruction.js';
import { DOCUMENT_INSTRUCTION_ZH } from './document-instruction-zh.js';
import { JAILBREAK } from './jailbreak.js';
import { PATH_TRAVERSAL } from './path-traversal.js';
import { PROMPT_LEAK } from './prompt-leak.js';
import type { Rule } from './rule.js';
import { SQL } from './sql.js';

/** Secrets, personal data, flooding and hidden text have detectors instead of patterns: inspect-text.ts. */
export const RULES: readonly Rule[] = [
  ...DIRECT_INJECTION,
  ...JAILBREAK,
  ...PROMPT_LEAK,
  ...PATH_TRAVERSAL,
  ...SQL,
  ...DOCUMENT_INSTRUCTION,
  ...DOCUMENT_ANSWER,
  ...DOCUMENT_INSTRUCTION_ZH,
];
