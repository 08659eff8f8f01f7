import { analyze, dominantLanguage } from '@lorekeep/kit/text';

/** A term of the question that names something. */
export interface AskedTerm {
  readonly term: string;
  /** How much more or less than its rarity says the term counts. */
  readonly factor: number;
  /** Pairs of East Asian characters on both sides: where both occur, this one is a seam between two words. */
  readonly seam: readonly [string, string] | undefined;
}

export interface AskedQuestion {
  readonly terms: readonly AskedTerm[];
  readonly language: 'en' | 'zh';
  /** Terms that are words, not pairs of them. */
  readonly words: number;
  /** What is to be defined, normalised by `plain`; empty when the question asks for something else. */
  readonly defines: string;
  /** Steps are asked for. */
  readonly procedure: boolean;
  /** An amount, a duration or a date is asked for. */
  readonly number: boolean;
}

/** A question is read up to here, as it is in the search. */
const QUESTION_CHARACTERS_MAX = 8_000;
/** Numbers, codes and names must be met: what is said of another one answers nothing. */
const NAME_FACTOR = 1.6;
const PAIR_FACTOR = 0.35;
/** Words for the aspect that is asked about, which an answer rarely repeats. */
const ASPECT_FACTOR = 0.4;

/** Longest first: what is left of a longer one would be taken for a word. */
const ASKING_ZH = new RegExp(
  [
    '什么时候|什么时间|什么样|什么|甚么|为什么|为何|如何|怎么样|怎么办|怎么|怎样|多少钱|多少|多久|多长时间|多长|多大|多高|多重|多远|几点|几[天个次年月号岁种层位名家人]|第几|哪一[年个家位种]|哪[些个里儿年天种位家月座]|哪|何时|何地|何人|何种',
    '有没有|是不是|能不能|可不可以|是否|能否|可否|可以|应该|需要|请问|告诉我|请|谢谢|一下|关于|我们|你们|您|他们|我|你|谁',
    '(?<=^|[，,。？?\\s])(?:去|在|对于|对|从|当)|(?<![存现实])在(?!线)|(?<!目)的(?!确)|(?<!为)了(?!解)|吗|呢|吧|啊|是|有(?=$|[？?\\s]|什么|哪|多少|几)',
    '(?<![总共饱温缓])和(?![平谐解])|(?<![参授])与|以及|还是|或者',
  ].join('|'),
  'g',
);
const ASKING_EN =
  /\bhow (?:many|much|long|often|far|fast|quickly|large|big|heavy|high|old|tall|late|early|soon|do|can|to)\b|\bwhat (?:kinds?|types?|sorts?) of\b|\b(?:what|which) (?:is|was|were|are) the names? of\b|\b(?:may|must|could|would|shall|might|please|tell|many|much|also|get|got|cannot|one|us|use to)\b/gi;
const ASPECTS = new Set(
  analyze(
    'difference reason meaning mean way ways steps purpose name example happen work need want like called known type kind thing someone people use time does make take give go say know 区别 差别 不同 原因 方法 作用 意思 含义 用途 步骤 流程 办法 情况 办理 处理 名字 名称 叫做',
  ),
);
const PROCEDURE =
  /\bhow (?:do|can|should|could|must|would) (?:i|we|you|one|people|employees?|customers?|users?|staff)\b|\bhow to\b|\bsteps (?:to|for)\b|\bwhat (?:do|should|must) (?:i|we|you) do\b|如何|怎么(?!样|算)|怎样|步骤|流程/i;
const NUMBER =
  /\bhow (?:many|much|long|often|far|fast|quickly|large|big|heavy|high|old|tall|late|soon)\b|\bwhat (?:year|date|percentage|share|amount)\b|\b(?:in|on|by) (?:what|which) (?:year|date|day)\b|\bby when\b|多少|多久|多长|多大|多高|多重|多远|几[点天个次年月号岁层位名]|哪一?年|何时|什么时候/i;
const DEFINITION_EN =
  /^\s*(?:(?:what|who)(?: is|'s| are) (?:an? |the )?(.{2,60}?)|what does (?:an? |the )?(.{2,60}?) (?:mean|stand for)|define (.{2,60}?))\s*[?.!]*\s*$/i;
const DEFINITION_ZH =
  /^\s*(?:请问)?(?:什么是|何为|何谓)\s*(.{1,30}?)\s*[?？。]*\s*$|^\s*(?:请问)?(.{1,30}?)\s*(?:是|指的是)什么(?:意思|东西)?\s*[?？。]*\s*$/;
/** `the capital of France` is no term to define but a fact to find. */
const RELATION = /\b(?:of|in|for|to|by|from|at|on|with|that|who|when|if)\b|的|,|，|'s\b/i;

/** What a question names, without the words that only ask, and what kind of answer it wants. */
export function readQuestion(question: string): AskedQuestion {
  const text = question
    .slice(0, QUESTION_CHARACTERS_MAX)
    .normalize('NFKC')
    // What the firewall put where it took something out.
    .replace(/⟦[a-z-]{1,40}:\d{1,6}⟧/g, ' ')
    .replace(/[’‘ʼ]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
  const match = DEFINITION_EN.exec(text) ?? DEFINITION_ZH.exec(text);
  const subject = (match?.slice(1).find(Boolean) ?? '').trim();
  const defines = RELATION.test(subject) ? '' : plain(subject);
  // `What does … mean`: the words around the term only ask.
  const bare = (defines ? subject : text).replace(ASKING_EN, ' ').replace(ASKING_ZH, ' ');
  const terms = termsOf(bare, namesIn(text));
  return {
    language: dominantLanguage(text),
    words: terms.length,
    terms: [...terms, ...pairsOf(terms)],
    defines,
    procedure: PROCEDURE.test(text),
    number: NUMBER.test(text),
  };
}

/** Lower case, without articles, marks and blanks: for comparing a title or the beginning of a sentence. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/^\s*(?:the|an?|about|what (?:is|are)(?: the| an?)?|什么是)\s+/, '')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .replace(/^什么是/, '');
}

function termsOf(bare: string, names: ReadonlySet<string>): AskedTerm[] {
  const all = analyze(bare).filter((term) => !isLoneCharacter(term));
  const seen = new Set<string>();
  const terms: AskedTerm[] = [];
  all.forEach((term, at) => {
    if (seen.has(term)) return;
    seen.add(term);
    const [before, after] = [all[at - 1], all[at + 1]];
    const seam = before && after && overlap(before, term) && overlap(term, after);
    const factor = ASPECTS.has(term) ? ASPECT_FACTOR : names.has(term) || /\d/.test(term) ? NAME_FACTOR : 1;
    terms.push({ term, factor, seam: seam ? [before, after] : undefined });
  });
  return terms;
}

/** Neighbours in the question that stand together in the text say more than each alone; Chinese is in pairs already. */
function pairsOf(terms: readonly AskedTerm[]): AskedTerm[] {
  return terms.slice(1).flatMap((right, at) => {
    const left = terms[at];
    if (!left || EAST_ASIAN.test(left.term + right.term)) return [];
    return [
      {
        term: pairOf(left.term, right.term),
        factor: PAIR_FACTOR * Math.min(left.factor, right.factor),
        seam: undefined,
      },
    ];
  });
}

/** Two terms near each other as one, whichever comes first: `travel costs`, `costs of travel`. */
export function pairOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

const EAST_ASIAN = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}]/u;

/** What stripping left of a word: no document has it as a term. */
function isLoneCharacter(term: string): boolean {
  return term.length === 1 && EAST_ASIAN.test(term);
}

function overlap(left: string, right: string): boolean {
  return left.length === 2 && right.length === 2 && left[1] === right[0] && EAST_ASIAN.test(right[0] ?? '');
}

/** Terms of words written with a capital within the question, or in capitals anywhere. */
function namesIn(text: string): Set<string> {
  const words =
    text.match(/(?<=[\p{L}\p{N},;:()"'] ?)\p{Lu}[\p{L}\p{N}'-]+|\b\p{Lu}[\p{Lu}\p{N}_-]+\b/gu) ?? [];
  return new Set(analyze(words.join(' ')));
}
