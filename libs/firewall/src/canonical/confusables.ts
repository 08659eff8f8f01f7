/** Letters of other scripts that look like Latin ones, after folding (lower case, no accents). */
const LOOKALIKES: Readonly<Record<string, string>> = {
  // Cyrillic
  а: 'a',
  в: 'b',
  с: 'c',
  ԁ: 'd',
  е: 'e',
  һ: 'h',
  і: 'i',
  ј: 'j',
  к: 'k',
  ӏ: 'l',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  ԛ: 'q',
  г: 'r',
  ѕ: 's',
  т: 't',
  ц: 'u',
  ѵ: 'v',
  ԝ: 'w',
  х: 'x',
  у: 'y',
  // Greek
  α: 'a',
  β: 'b',
  ε: 'e',
  η: 'n',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
  γ: 'y',
  ω: 'w',
  // Armenian and others
  օ: 'o',
  ս: 'u',
  ո: 'n',
  հ: 'h',
  ց: 'g',
  զ: 'q',
  ɑ: 'a',
  ɡ: 'g',
  ı: 'i',
  ɩ: 'i',
};
const FOREIGN = /[\u0250-\u02af\u0370-\u03ff\u0400-\u052f\u0531-\u0587ı]/;
const WORD = /[a-z\u0131\u0250-\u02af\u0370-\u03ff\u0400-\u052f\u0531-\u0587]+/g;

/** Look-alikes become Latin inside words that mix scripts; whole Russian or Greek words stay. Same length. */
export function unmask(text: string): string {
  if (!FOREIGN.test(text)) return text;
  return text.replace(WORD, (word) => {
    if (!FOREIGN.test(word) || !/[a-z]/.test(word)) return word;
    let plain = '';
    for (const letter of word) plain += LOOKALIKES[letter] ?? letter;
    return plain;
  });
}
