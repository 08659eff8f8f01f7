/** The commonest characters of running text, simplified and traditional; they make up about half of any. */
const SIMPLIFIED =
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运司笔请假费报销员工';
const TRADITIONAL =
  '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運筆請假費報銷員工';
const HANGUL =
  '이다는을를에의가고한은로하지도서나기사리어있시자인대라해스정으과일안들그만수것적보전제여주아니성부면상장신구세원동공우트위게요해비여문유용모없조중생같마소개선때행방학경관국과바화될된되할함합습입않거너내무연속간불오려실발르드회각단당후통심명민본절질';
const PUNCTUATION = '，。、；：？！（）《》「」“”‘’—…·％　';

interface Candidate {
  readonly encoding: string;
  /** What stands in running text of its languages. */
  readonly common: ReadonlySet<string> | RegExp;
  /** Share of common characters that running text in it reaches. */
  readonly usual: number;
  /** Its letters never follow a Latin one within a word. */
  readonly apart?: boolean;
}

const LATIN_LETTER = /[a-z]/i;

const CANDIDATES: readonly Candidate[] = [
  { encoding: 'gb18030', common: new Set(SIMPLIFIED + PUNCTUATION), usual: 0.5 },
  { encoding: 'big5', common: new Set(TRADITIONAL + PUNCTUATION), usual: 0.5 },
  { encoding: 'shift_jis', common: /[\u3041-\u3093\u30a1-\u30fc、。「」・\u3000]/, usual: 0.5 },
  { encoding: 'euc-jp', common: /[\u3041-\u3093\u30a1-\u30fc、。「」・\u3000]/, usual: 0.5 },
  { encoding: 'euc-kr', common: new Set(HANGUL), usual: 0.55 },
  { encoding: 'windows-1251', common: /[\u0430-\u044f\u0451]/, usual: 0.85, apart: true },
];
/** Below this share of what is usual, a reading is no text in that encoding. */
const LIKELY_MIN = 0.3;
const CERTAIN_MIN = 0.8;
/** Never in running text: private use, half-width Katakana, unassigned, control characters. */
const STRANGE = /[\ue000-\uf8ff\uff61-\uff9f\p{Cn}\u0080-\u009f]|[\u{f0000}-\u{10ffff}]/u;
/** Drawn tables and trees, which only East Asian encodings have. */
const DRAWN = /[\u2500-\u259f]/;
/** From this share of single bytes above ASCII on, among all runs of such bytes, a text is Latin with accents. */
const LATIN_SINGLES_MIN = 0.7;
const HAN_RARE_WEIGHT = 0.15;

/**
 * The legacy encoding as which a text (not valid UTF-8) reads most like running text; null: none of them, a Latin one
 * then. Judged by the share of each language's commonest characters among all that are not ASCII.
 */
export function guessEncoding(head: Uint8Array): string | null {
  const latin = isLatin(head);
  let best: { encoding: string; score: number } | null = null;
  for (const candidate of CANDIDATES) {
    const text = readable(candidate.encoding, head);
    if (text === null) continue;
    const score = scoreOf(text, candidate);
    // Half of the second bytes of Big5 and Shift-JIS are ASCII, so that its bytes may stand alone too.
    if (latin && (candidate.apart || score < CERTAIN_MIN)) continue;
    if (score > (best?.score ?? LIKELY_MIN)) best = { encoding: candidate.encoding, score };
  }
  return best?.encoding ?? null;
}

/** Valid but for what cutting off its end may have broken. */
function readable(encoding: string, head: Uint8Array): string | null {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for (let cut = 0; cut <= 3; cut++) {
    try {
      return decoder.decode(head.subarray(0, head.length - cut));
    } catch {
      // shorter by a byte, it may end between two characters
    }
  }
  return null;
}

function scoreOf(text: string, { common, usual, apart }: Candidate): number {
  let all = 0;
  let points = 0;
  let before = '';
  for (const character of text) {
    const afterLatin = LATIN_LETTER.test(before);
    before = character;
    if (character < '\u0080') continue;
    all++;
    if (apart && afterLatin) points -= 2;
    if (common instanceof Set ? common.has(character) : (common as RegExp).test(character)) points++;
    else if (DRAWN.test(character)) points += apart ? -1 : 1;
    else if (STRANGE.test(character)) points -= 1;
    else if (character >= '\u4e00' && character <= '\u9fff') points += HAN_RARE_WEIGHT;
  }
  return all === 0 ? 0 : points / all / usual;
}

/** Accents stand alone between letters of ASCII; the other encodings put their bytes together. */
function isLatin(head: Uint8Array): boolean {
  let runs = 0;
  let singles = 0;
  let length = 0;
  for (let at = 0; at <= head.length; at++) {
    if ((head[at] ?? 0) > 0x7f) length++;
    else if (length > 0) {
      runs++;
      if (length === 1) singles++;
      length = 0;
    }
  }
  return singles >= runs * LATIN_SINGLES_MIN;
}
