import { STEPS } from '@lorekeep/contracts/vocabulary';

/**
 * The path of one question, in order. A spec compares this list with the folders beside it and with the map of the
 * house. Quota and audit have two halves: reserve and settle, open and close.
 */
export const QUESTION_PATH = STEPS.map((step, index) => `${index + 1}-${step}`);
