const SIGN = /\p{L}\p{M}*|\p{M}+/gu;

/** Adds the overlapping pairs of the signs (a letter with its marks) of a Thai, Lao, Khmer or Myanmar text. */
export function addUnspacedTerms(run: string, terms: string[]): void {
  let before = '';
  let count = 0;
  for (const [sign] of run.matchAll(SIGN)) {
    const bounded = sign.slice(0, SIGN_LENGTH_MAX);
    if (before) terms.push(before + bounded);
    before = bounded;
    count++;
  }
  if (count === 1) terms.push(before);
}

/** No letter carries more marks in earnest. */
const SIGN_LENGTH_MAX = 8;
