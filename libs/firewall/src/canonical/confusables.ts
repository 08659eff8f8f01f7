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
const FOREIGN = new RegExp(`[${RANGES}]`, 'g');
/** What words are of: 1 for Latin letters, 2 for those of other scripts. */
const LATIN_LETTER = 1;
const FOREIGN_LETTER = 2;
const LETTERS = Uint8Array.from({ length: 0x10000 }, (_, unit) => {
  const sign = String.fromCharCode(unit);
  return sign >= 'a' && sign <= 'z' ? LATIN_LETTER : sign.search(FOREIGN) === 0 ? FOREIGN_LETTER : 0;
});
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
  const foreign = foreignWords(plain);
  if (foreign.length === 0) return { text: plain, words: [] };
  // A text with words that are really Russian may have short ones of look-alikes alone.
  const isForeign = !LATIN.test(plain) || foreign.some(({ word, isMixed }) => !isMixed && !CLOSE.test(word));
  const words: { start: number; end: number }[] = [];
  let read = '';
  let copied = 0;
  for (const { word, start, isMixed } of foreign) {
    if (!isMixed && (isForeign || word.length < 2 || !CLOSE.test(word))) continue;
    const end = start + word.length;
    words.push({ start, end });
    read += plain.slice(copied, start);
    for (const letter of word) read += LOOKALIKES[letter] ?? letter;
    copied = end;
  }
  return { text: read + plain.slice(copied), words };
}

interface ForeignWord {
  readonly word: string;
  readonly start: number;
  /** Whether it has Latin letters too. */
  readonly isMixed: boolean;
}

/** Words with a letter of another script; of the others, most of a text, none is looked at. */
function foreignWords(text: string): ForeignWord[] {
  const found: ForeignWord[] = [];
  let end = 0;
  FOREIGN.lastIndex = 0;
  for (let sign = FOREIGN.exec(text); sign; sign = FOREIGN.exec(text)) {
    let start = sign.index;
    let kinds = 0;
    while (start > end && LETTERS[text.charCodeAt(start - 1)] !== 0) start--;
    for (end = start; end < text.length && LETTERS[text.charCodeAt(end)] !== 0; end++)
      kinds |= LETTERS[text.charCodeAt(end)] ?? 0;
    found.push({ word: text.slice(start, end), start, isMixed: (kinds & LATIN_LETTER) !== 0 });
    FOREIGN.lastIndex = end;
  }
  return found;
}
