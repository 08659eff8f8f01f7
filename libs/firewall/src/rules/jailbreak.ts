import { JAILBREAK_FRAMES } from './jailbreak-frames.js';
import { JAILBREAK_FRAMES_ZH } from './jailbreak-frames-zh.js';
import { JAILBREAK_PARAPHRASE } from './jailbreak-paraphrase.js';
import { JAILBREAK_PARAPHRASE_ZH } from './jailbreak-paraphrase-zh.js';
import { JAILBREAK_PERSONA } from './jailbreak-persona.js';
import { JAILBREAK_PRESSED } from './jailbreak-pressed.js';
import { JAILBREAK_PRESSED_ZH } from './jailbreak-pressed-zh.js';
import { JAILBREAK_REFUSAL } from './jailbreak-refusal.js';
import { JAILBREAK_SMUGGLING } from './jailbreak-smuggling.js';
import { JAILBREAK_STAGED } from './jailbreak-staged.js';
import { JAILBREAK_UNBOUND } from './jailbreak-unbound.js';
import { JAILBREAK_ZH } from './jailbreak-zh.js';
import { SLOTS_JAILBREAK } from './slots-jailbreak.js';
import { SLOTS_JAILBREAK_ZH } from './slots-jailbreak-zh.js';
import type { Rule } from './rule.js';

/**
 * Attempts to talk the assistant out of its limits. Almost all are judgments: a part to play alone is work; a part to
 * play without limits, or that may not refuse, is not.
 */
export const JAILBREAK: readonly Rule[] = [
  ...JAILBREAK_PERSONA,
  ...JAILBREAK_UNBOUND,
  ...JAILBREAK_REFUSAL,
  ...JAILBREAK_FRAMES,
  ...JAILBREAK_SMUGGLING,
  ...JAILBREAK_PARAPHRASE,
  ...JAILBREAK_ZH,
  ...JAILBREAK_PARAPHRASE_ZH,
  ...JAILBREAK_FRAMES_ZH,
  ...JAILBREAK_PRESSED,
  ...JAILBREAK_PRESSED_ZH,
  ...JAILBREAK_STAGED,
  ...SLOTS_JAILBREAK,
  ...SLOTS_JAILBREAK_ZH,
];
