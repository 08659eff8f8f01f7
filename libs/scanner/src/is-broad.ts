import { foldText } from '@lorekeep/kit/matching';

/** The words that ordinary text is made of. */
const COMMON = new Set(
  (
    'the be am is are was were to of and in on at by an as it he she we you they that this have has had do does did ' +
    'not but with for from or so if no yes can will would all one out up my me us our your his her its their what who ' +
    'when how there which about 我们 你们 他们 这个 那个 可以 没有 一个 什么 就是 因为 所以 如果 但是 以及 进行 这些 自己 公司'
  ).split(' '),
);
/** Han characters that stand in nearly every paragraph. */
const COMMON_HAN = new Set(
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运',
);
/** Without its edges, a part of so many letters stands in most sentences. */
const PART = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]{1,2}$/u;
/** Controls of layout and pictures are no signs of punctuation. */
const SAYS_SOMETHING = /[\p{L}\p{N}\p{So}]/u;

/**
 * Whether a word would hit nearly every answer: signs alone, one letter or digit, two letters anywhere, or what ordinary
 * text is made of. One character of Chinese is no such word unless it is one of the commonest.
 */
export function isBroad(text: string, wholeWord: boolean | null | undefined): boolean {
  const folded = foldText(text).text.trim();
  if (!SAYS_SOMETHING.test(text) || COMMON.has(folded) || COMMON_HAN.has(folded)) return true;
  return PART.test(folded) && (folded.length === 1 || wholeWord === false);
}
