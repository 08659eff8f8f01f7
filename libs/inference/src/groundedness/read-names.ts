export interface Name {
  /** Lower case, blanks left out. */
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

const ADDRESS = /https?:\/\/[^\s)>\]，。]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
/** `E-417`, `HR-07`, `3.8.2`, `T3-2419-00731`, `TH-3`, `LM7`. */
const CODE = /\b[A-Za-z]{1,8}-?\d[A-Za-z\d]*(?:-[A-Za-z\d]+)*\b|\bv?\d+\.\d+\.\d+\b|\b[A-Z]{2,}-[A-Z]{2,}\b/g;
const PROPER =
  /\b[A-Z][\p{Ll}\p{Lu}’']*(?:\s\d{1,2}\b(?!\s?(?:%|[a-z:.,]\d|days|weeks|months|hours|years)))?/gu;
const NOT_NAMES = new Set(
  'i a an the if it in on at as no not you your we our they this that these those there when where who what how and or but for from to with by of only all each every also any both for do does is are was were be may must can will should yes never please note however because before after during until unless while once eur rmb usd am pm chinese english english dutch'.split(
    ' ',
  ),
);
const MONTH = /^(?:january|february|march|april|may|june|july|august|september|october|november|december)$/;
/** Places that a Chinese text writes without a capital; a wrong one is a wrong name. */
const PLACES =
  /北京|上海|苏州|深圳|广州|南京|杭州|武汉|青岛|成都|天津|重庆|西安|香港|台北|澳门|鹿特丹|阿姆斯特丹|伦敦|巴黎|柏林|汉堡|科隆|法兰克福|苏黎世|纽约|东京|首尔|新加坡|荷兰|德国|法国|英国|美国|日本|韩国|中国|加拿大|欧洲|亚洲|境内|境外/g;
/** Places that begin a sentence; elsewhere every capital is a name. */
const FIRST_PLACE =
  /^(?:Amsterdam|Rotterdam|London|Paris|Berlin|Madrid|Rome|Vienna|Zurich|Brussels|Hamburg|Munich|Frankfurt|Suzhou|Shanghai|Beijing|Shenzhen|Tokyo|Seoul|Singapore|Sydney|Chicago|Boston|Dubai|India|China|Germany|France|Spain|Italy|Japan|Europe|Asia)$/;
/** A product with its number: 燕鸥 3. What stands between two words of grammar is a count. */
const NUMBERED =
  /([\p{Script=Han}])\s?(\d{1,2})(?![\d.,:%\p{Script=Han}A-Za-z-]|\s?[天日周月年个小分秒次元%人名位份]|\s?-|\s?[至到或和、]\s?\d)|([\p{Script=Han}])\s(\d)\s(?=\p{Script=Han})(?![至到或]|[和、]\s?\d|[天日周月年个小分秒次元人名位份项级])/gu;
const GRAMMAR = /[为是至到有共约于满达过及或和在第每近前后仅只需少多等含即按的了付拨机打算得出数用由]/;

/** Names of a text: proper names, product names, addresses, codes, versions. The first word of a sentence is left out. */
export function readNames(plain: string): Name[] {
  const names: Name[] = [];
  const take = (found: string, start: number): void => {
    names.push({ key: keyOf(found), start, end: start + found.length });
  };
  for (const { 0: found, index } of plain.matchAll(ADDRESS)) take(found.replace(/[.,;:]+$/, ''), index);
  const covered = (at: number): boolean => names.some(({ start, end }) => at >= start && at < end);
  for (const { 0: found, index } of plain.matchAll(CODE)) if (!covered(index)) take(found, index);
  for (const { 0: found, index } of plain.matchAll(PROPER)) {
    if (
      covered(index) ||
      isCommon(found) ||
      (isFirst(plain, index) && !/\d/.test(found) && !FIRST_PLACE.test(found))
    )
      continue;
    take(found.replace(/[’']s?$/, ''), index);
  }
  for (const { 0: found, index } of plain.matchAll(PLACES)) take(found, index);
  for (const match of plain.matchAll(NUMBERED)) {
    if (!GRAMMAR.test(match[1] ?? match[3] ?? '')) take(match[0].trim(), match.index);
  }
  return names;
}

export function keyOf(text: string): string {
  return text.toLowerCase().replace(/[\s’']+/g, '');
}

function isCommon(word: string): boolean {
  const lower = word.toLowerCase();
  return NOT_NAMES.has(lower) || MONTH.test(lower.split(' ')[0] ?? '') || word.length < 2;
}

/** At the beginning of a sentence, or of what a colon introduces, every word is capitalised. */
function isFirst(plain: string, index: number): boolean {
  return (
    /(?:^|[.!?:;。！？：“"(|>-])\s*["“(]?$/.test(plain.slice(Math.max(0, index - 4), index)) || index === 0
  );
}
