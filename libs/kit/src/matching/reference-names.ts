/** Signs, blanks, and what is not seen. */
const SIGNS: Readonly<Record<string, number>> = {
  ...{ amp: 0x26, AMP: 0x26, lt: 0x3c, LT: 0x3c, gt: 0x3e, GT: 0x3e, quot: 0x22, QUOT: 0x22, apos: 0x27 },
  ...{ excl: 0x21, num: 0x23, dollar: 0x24, percnt: 0x25, lpar: 0x28, rpar: 0x29, ast: 0x2a, midast: 0x2a },
  ...{ plus: 0x2b, comma: 0x2c, period: 0x2e, sol: 0x2f, colon: 0x3a, semi: 0x3b, equals: 0x3d, quest: 0x3f },
  ...{ commat: 0x40, lsqb: 0x5b, lbrack: 0x5b, bsol: 0x5c, rsqb: 0x5d, rbrack: 0x5d, Hat: 0x5e, grave: 0x60 },
  ...{ lowbar: 0x5f, UnderBar: 0x5f, lcub: 0x7b, lbrace: 0x7b, rcub: 0x7d, rbrace: 0x7d },
  ...{ verbar: 0x7c, vert: 0x7c, VerticalLine: 0x7c, middot: 0xb7, bull: 0x2022 },
  ...{ hyphen: 0x2010, dash: 0x2010, ndash: 0x2013, mdash: 0x2014, horbar: 0x2015 },
  ...{
    lsquo: 0x2018,
    OpenCurlyQuote: 0x2018,
    rsquo: 0x2019,
    rsquor: 0x2019,
    CloseCurlyQuote: 0x2019,
    minus: 0x2212,
  },
  ...{ Tab: 0x9, NewLine: 0xa, nbsp: 0xa0, NonBreakingSpace: 0xa0, ensp: 0x2002, emsp: 0x2003 },
  ...{ emsp13: 0x2004, emsp14: 0x2005, numsp: 0x2007, puncsp: 0x2008, thinsp: 0x2009, ThinSpace: 0x2009 },
  ...{ hairsp: 0x200a, VeryThinSpace: 0x200a, MediumSpace: 0x205f, ThickSpace: 0x205f },
  ...{ shy: 0xad, ZeroWidthSpace: 0x200b, NegativeVeryThinSpace: 0x200b, NegativeThinSpace: 0x200b },
  ...{ NegativeMediumSpace: 0x200b, NegativeThickSpace: 0x200b, zwnj: 0x200c, zwj: 0x200d, lrm: 0x200e },
  ...{ rlm: 0x200f, NoBreak: 0x2060, ApplyFunction: 0x2061, af: 0x2061, InvisibleTimes: 0x2062, it: 0x2062 },
  ...{ InvisibleComma: 0x2063, ic: 0x2063 },
};

/** Latin letters that are none with an accent, and letters of other scripts that look like Latin ones. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ AElig: 'Æ', aelig: 'æ', OElig: 'Œ', oelig: 'œ', IJlig: 'Ĳ', ijlig: 'ĳ', szlig: 'ß' },
  ...{
    Oslash: 'Ø',
    oslash: 'ø',
    Lstrok: 'Ł',
    lstrok: 'ł',
    Dstrok: 'Đ',
    dstrok: 'đ',
    Hstrok: 'Ħ',
    hstrok: 'ħ',
  },
  ...{ Tstrok: 'Ŧ', tstrok: 'ŧ', imath: 'ı', inodot: 'ı', jmath: 'ȷ', ell: 'ℓ' },
  ...{ fflig: 'ﬀ', filig: 'ﬁ', fllig: 'ﬂ', ffilig: 'ﬃ', ffllig: 'ﬄ' },
  ...{
    Alpha: 'Α',
    alpha: 'α',
    Beta: 'Β',
    Epsilon: 'Ε',
    Zeta: 'Ζ',
    Eta: 'Η',
    Iota: 'Ι',
    iota: 'ι',
    Kappa: 'Κ',
  },
  ...{ kappa: 'κ', Mu: 'Μ', Nu: 'Ν', nu: 'ν', Omicron: 'Ο', omicron: 'ο', Rho: 'Ρ', rho: 'ρ', Tau: 'Τ' },
  ...{ Upsilon: 'Υ', Chi: 'Χ', chi: 'χ' },
  ...{ Acy: 'А', acy: 'а', Vcy: 'В', IEcy: 'Е', iecy: 'е', Kcy: 'К', Mcy: 'М', Ncy: 'Н', Ocy: 'О', ocy: 'о' },
  ...{ Rcy: 'Р', rcy: 'р', Scy: 'С', scy: 'с', Tcy: 'Т', Ucy: 'У', ucy: 'у', KHcy: 'Х', khcy: 'х' },
  ...{ Lambda: 'Λ', lambda: 'λ', Sigma: 'Σ', sigma: 'σ', sigmaf: 'ς', sigmav: 'ς', varsigma: 'ς', tau: 'τ' },
  ...{ eta: 'η', epsi: 'ε', epsilon: 'ε', epsiv: 'ϵ', varepsilon: 'ϵ', straightepsilon: 'ϵ' },
  ...{ rhov: 'ϱ', varrho: 'ϱ', Gcy: 'Г', gcy: 'г', GJcy: 'Ѓ', gjcy: 'ѓ', IOcy: 'Ё', iocy: 'ё' },
  ...{ Jukcy: 'Є', jukcy: 'є', Lcy: 'Л', lcy: 'л', ncy: 'н', tcy: 'т', YAcy: 'Я', yacy: 'я' },
  ...{ YIcy: 'Ї', yicy: 'ї', Zcy: 'З', zcy: 'з' },
  ...{ ExponentialE: 'ⅇ', exponentiale: 'ⅇ', ee: 'ⅇ', expectation: 'ℰ', ImaginaryI: 'ⅈ', ii: 'ⅈ' },
  ...{ Im: 'ℑ', image: 'ℑ', imagpart: 'ℑ', imagline: 'ℐ', Re: 'ℜ', real: 'ℜ', realpart: 'ℜ' },
  ...{ realine: 'ℛ', reals: 'ℝ', HilbertSpace: 'ℋ', hamilt: 'ℋ', Poincareplane: 'ℌ', quaternions: 'ℍ' },
  ...{ planckh: 'ℎ', planck: 'ℏ', plankv: 'ℏ', hbar: 'ℏ', hslash: 'ℏ', Laplacetrf: 'ℒ', lagran: 'ℒ' },
  ...{ order: 'ℴ', orderof: 'ℴ', ordm: 'º', ordf: 'ª', primes: 'ℙ' },
  ...{ DScy: 'Ѕ', dscy: 'ѕ', Iukcy: 'І', iukcy: 'і', Jsercy: 'Ј', jsercy: 'ј' },
};

/** `&eacute;`: a letter and its accent, as the combining one. */
const ACCENTS: Readonly<Record<string, string>> = {
  ...{ grave: '\u0300', acute: '\u0301', circ: '\u0302', tilde: '\u0303', macr: '\u0304', breve: '\u0306' },
  ...{ dot: '\u0307', uml: '\u0308', ring: '\u030a', dblac: '\u030b', caron: '\u030c' },
  ...{ cedil: '\u0327', ogon: '\u0328' },
};
/** `&hopf;`, `&hscr;`, `&hfr;`: letters of formulas, which read as the letter. */
const STYLES = ['opf', 'scr', 'fr'];
const LATIN = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'];

/**
 * Character references of HTML by name, without `&` and `;`: those that can hide a word that is forbidden. Letters whose
 * name begins a formula's alphabet stand for the plain one.
 */
export const REFERENCES: ReadonlyMap<string, number> = new Map([
  ...Object.entries(SIGNS),
  ...Object.entries(LETTERS).map(([name, letter]) => [name, letter.codePointAt(0) ?? 0] as const),
  ...LATIN.flatMap((letter) => STYLES.map((style) => [letter + style, letter.charCodeAt(0)] as const)),
  ...LATIN.flatMap((letter) =>
    Object.entries(ACCENTS).flatMap(([name, accent]) => {
      const composed = (letter + accent).normalize('NFC');
      return composed.length === 1 ? [[letter + name, composed.charCodeAt(0)] as const] : [];
    }),
  ),
]);

/** What a name may begin with, the whole of it included. */
export const REFERENCE_BEGINNINGS: ReadonlySet<string> = new Set(
  [...REFERENCES.keys()].flatMap((name) => Array.from(name, (_, at) => name.slice(0, at + 1))),
);

/** Those that browsers read without a semicolon too: names of Latin 1. */
const LATIN_1 = /^[\u0080-\u00ff]$/;
const BASIC = ['amp', 'AMP', 'lt', 'LT', 'gt', 'GT', 'quot', 'QUOT'];
export const UNENDED: ReadonlyMap<string, number> = new Map(
  [...REFERENCES].filter(
    ([name, code]) =>
      BASIC.includes(name) || (LATIN_1.test(String.fromCharCode(code)) && name !== 'NonBreakingSpace'),
  ),
);
