import { DIRECT_INJECTION } from './direct-injection.js';
import { DOCUMENT_ANSWER } from './document-answer.js';
import { DOCUMENT_BEHALF } from './document-behalf.js';
import { DOCUMENT_BEHALF_ZH } from './document-behalf-zh.js';
import { DOCUMENT_INSTRUCTION } from './document-instruction.js';
import { DOCUMENT_MACHINE } from './document-machine.js';
import { DOCUMENT_MACHINE_ZH } from './document-machine-zh.js';
import { DOCUMENT_INSTRUCTION_ZH } from './document-instruction-zh.js';
import { FLOODING_ORDERS } from './flooding-orders.js';
import { JAILBREAK } from './jailbreak.js';
import { PROMPT_LEAK } from './prompt-leak.js';
import { SLOTS_DOCUMENT } from './slots-document.js';
import { SLOTS_DOCUMENT_ZH } from './slots-document-zh.js';
import { SLOTS_READER } from './slots-reader.js';
import { SLOTS_READER_TOLD } from './slots-reader-told.js';
import { SLOTS_READER_ZH } from './slots-reader-zh.js';
import type { Rule } from './rule.js';
import { WEB_PAYLOADS } from './web-payloads.js';

/** Secrets, personal data, floods and hidden text have detectors instead of patterns: inspect-text.ts. */
export const RULES: readonly Rule[] = [
  ...DIRECT_INJECTION,
  ...JAILBREAK,
  ...PROMPT_LEAK,
  ...WEB_PAYLOADS,
  ...FLOODING_ORDERS,
  ...DOCUMENT_INSTRUCTION,
  ...DOCUMENT_ANSWER,
  ...DOCUMENT_INSTRUCTION_ZH,
  ...DOCUMENT_MACHINE,
  ...DOCUMENT_MACHINE_ZH,
  ...SLOTS_DOCUMENT,
  ...SLOTS_DOCUMENT_ZH,
  ...DOCUMENT_BEHALF,
  ...DOCUMENT_BEHALF_ZH,
  ...SLOTS_READER,
  ...SLOTS_READER_TOLD,
  ...SLOTS_READER_ZH,
];
