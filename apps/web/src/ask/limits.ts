/** As the contract has it; another number does not compile. */
export const QUESTION_LIMIT: typeof import('@lorekeep/contracts').QUESTION_LIMIT = 32_000;
export const INSTRUCTIONS_LIMIT: typeof import('@lorekeep/contracts').INSTRUCTIONS_LIMIT = 4_000;
export const EARLIER_LIMIT: typeof import('@lorekeep/contracts').EARLIER_LIMIT = 5;
