/** As the contract has it; another number does not compile. */
export const QUESTION_LIMIT: typeof import('@lorekeep/contracts').QUESTION_LIMIT = 32_000;
