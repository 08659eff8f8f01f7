/** The answer from which a source was opened last, so that its own page can mark the same sentences; kept nowhere else. */
let last: { passageId: string; answer: string } | null = null;

export function rememberQuoting(passageId: string, answer: string): void {
  last = { passageId, answer };
}

export const answerQuoting = (passageId: string | undefined): string =>
  last !== null && last.passageId === passageId ? last.answer : '';
