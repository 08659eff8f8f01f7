import { HOMOGLYPH, LEET } from './fold-names.js';

/** Letters that pass for Latin ones; pairs, the look-alike first. Many pass for two. */
const LOOK_ALIKES =
  // Cyrillic, small and, where they look otherwise, capital
  'аaвbгrдdеeзeиuіiјjкkлlмmнhнnоoпnрpсcтtуyуuхxцuчyшwщwьbѕsѵvһhӏlӏiԁdԛqԝwґrғfҝkүyұyєeѐeёeяr' +
  'АAВBЕEІIЈJКKМMНHОOРPСCТTУYХXЅSѴVԚQԜWҮY' +
  // Greek
  'αaβbγyεeζzηnηhιiκkλlμuμmνvνnοoρpσoςsτtυuυyχxωwϲcϳjΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX' +
  'ᴦrᴧaᴨnᴩp' +
  // Armenian
  'օoոnսuհhզqցgյjտuքp' +
  // Cherokee
  'ᎠdᎡrᎢtᎥiᎪaᎫjᎬeᎳwᎷmᎻhᏀgᏃzᏔwᏕsᏙvᏚsᏞlᏟcᏢpᏦkᏧdᏴbᎩyᎽy' +
  // Lisu, Coptic
  'ꓐbꓑpꓓdꓔtꓖgꓗkꓙjꓚcꓜzꓝfꓟmꓠnꓡlꓢsꓣrꓦvꓧhꓪwꓫxꓬyꓮaꓰeꓲiꓳoꓴu' +
  'ⲁaⲃbⲉeⲏhⲓiⲕkⲙmⲛnⲟoⲣpⲥcⲧtⲩyⲭxⲱw' +
  // Numerals that Rome wrote as letters, where compatibility does not take them for letters
  'ⅰiⅴvⅹxⅼlⅽcⅾdⅿm' +
  // Latin ones: small capitals, dotless, barred, turned
  'ᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢzıiȷjɑaɡgłløođdħhŧtƀbɨiƚlɐaǝeəeɘeɟjɯmɹrʇtʌvʍwʎy';

/** What is written for letters with digits and signs; pairs, the sign first. */
const STAND_INS = '0o1i1l2z3e4a5s6g6b7t8b9g@a$s!i!l|i|l+t(c<c¢c€e£l¥y';

export interface LookAlike {
  readonly sign: string;
  readonly letter: string;
  /** HOMOGLYPH or LEET. */
  readonly fold: number;
}

/** All pairs of the folds in the mask. Homoglyphs go both ways: a Latin letter also passes for its look-alikes. */
export function lookAlikes(mask: number): LookAlike[] {
  const all: LookAlike[] = [];
  for (const [pairs, fold] of [
    [LOOK_ALIKES, HOMOGLYPH],
    [STAND_INS, LEET],
  ] as const) {
    if ((mask & fold) === 0) continue;
    for (let i = 0; i + 1 < pairs.length; i += 2) {
      const [sign, letter] = [pairs.charAt(i), pairs.charAt(i + 1)];
      all.push({ sign, letter, fold });
      if (fold === HOMOGLYPH) all.push({ sign: letter, letter: sign, fold });
    }
  }
  return all;
}
