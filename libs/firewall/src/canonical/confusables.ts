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
  // Coptic, Cherokee, Lisu: rare enough to be there for their looks
  ⲟ: 'o',
  ⲣ: 'p',
  ⲥ: 'c',
  ⲁ: 'a',
  ⲉ: 'e',
  ⲓ: 'i',
  ⲕ: 'k',
  ⲙ: 'm',
  ⲛ: 'n',
  ⲧ: 't',
  // Cyrillic that looks less alike
  ь: 'b',
  з: 'e',
  и: 'u',
  п: 'n',
  л: 'n',
  ш: 'w',
  щ: 'w',
  я: 'r',
  ғ: 'f',
  ү: 'y',
  ұ: 'y',
  ҝ: 'k',
  қ: 'k',
  ԍ: 'g',
  ԏ: 't',
  // Greek that looks less alike
  σ: 'o',
  ς: 'c',
  λ: 'a',
  μ: 'u',
  ζ: 'z',
  δ: 'd',
  θ: 'o',
  ϲ: 'c',
  ϳ: 'j',
  // Armenian and others
  ք: 'p',
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
/** Small capitals and other phonetic letters: no language is written in them, so they count in every word. */
const PHONETIC =
  'ᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpǫqʀrꜱsᴛtᴜuᴠvᴡwʏyᴢzȷjłlđdħhŧtƀbɨiƚlꞯqɓbɗdɠgɦhɱmɲnɳnɵoɾrɽrʂsʈtʉuʋvʐzɛeɔoɪi';
const PHONETIC_LETTERS = new Map<string, string>();
for (let i = 0; i + 1 < PHONETIC.length; i += 2)
  PHONETIC_LETTERS.set(PHONETIC.charAt(i), PHONETIC.charAt(i + 1));
/** These look so much alike that a word of them alone is one in disguise where the text is Latin. */
const CLOSE = /^[асеорхуіјѕһԁԛԝӏоοανρτυκιϲϳօսո]+$/;

const RANGES = '\u0131\u0250-\u02af\u0370-\u03ff\u0400-\u052f\u0531-\u0587\u2c80-\u2cff';
const FOREIGN = new RegExp(`[${RANGES}]`);
const WORD = new RegExp(`[a-z${RANGES}]+`, 'g');
const PHONETIC_SIGN = new RegExp(`[${[...PHONETIC_LETTERS.keys()].join('')}]`, 'g');
/** Two letters at least: a text with one is no text of its script. */
const LATIN = /[a-z]{2}/;
const MASKED = new RegExp(`[${RANGES}${[...PHONETIC_LETTERS.keys()].join('')}]`);

export interface Unmasked {
  readonly text: string;
  /** Where words were that mixed scripts. */
  readonly words: readonly { readonly start: number; readonly end: number }[];
}

/** Look-alikes become Latin inside words that mix scripts; whole Russian or Greek words stay. Same length. */
export function unmask(text: string): string {
  return unmasked(text, false).text;
}

/** `isPlain` says that the text holds no letter of MASKED. */
export function unmasked(text: string, isPlain: boolean): Unmasked {
  if (isPlain || !MASKED.test(text)) return { text, words: [] };
  const plain = text.replace(PHONETIC_SIGN, (letter) => PHONETIC_LETTERS.get(letter) ?? letter);
  if (!FOREIGN.test(plain)) return { text: plain, words: [] };
  const words: { start: number; end: number }[] = [];
  // A text with words that are really Russian may have short ones of look-alikes alone.
  const isForeign = !LATIN.test(plain) || hasForeignWord(plain);
  const unmaskedText = plain.replace(WORD, (word, start: number) => {
    if (!FOREIGN.test(word) || (!/[a-z]/.test(word) && (isForeign || word.length < 2 || !CLOSE.test(word))))
      return word;
    words.push({ start, end: start + word.length });
    let latin = '';
    for (const letter of word) latin += LOOKALIKES[letter] ?? letter;
    return latin;
  });
  return { text: unmaskedText, words };
}

function hasForeignWord(text: string): boolean {
  for (const [word] of text.matchAll(WORD)) if (!/[a-z]/.test(word) && !CLOSE.test(word)) return true;
  return false;
}
