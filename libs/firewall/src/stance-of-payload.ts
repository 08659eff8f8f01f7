import { isProgram } from './program-lines.js';
import type { RuleMatch } from './rules/rule-set.js';

/** A payload offered to be carried out, ordered to be carried out, or talked about. */
export type PayloadStance = 'offered' | 'executed' | 'discussed';

/** Words of English sentences that neither SQL, shells, markup nor code use between blanks. */
const TELLING = new Set(
  "the are was were what why how which who whose these those does did can could should would may might must you we they my our your their its me us them please explain means mean because about there here have has had been being safe dangerous seen saw found i'm it's don't".split(
    ' ',
  ),
);
/** Those, and words that payloads hold as well: counted outside of what was recognised. */
const PROSE = new Set([
  ...TELLING,
  ...'an is am be this that when do will he she it her his without to of into some any meaning difference between example risk prevent protect against detect fix report reported shows showed at someone anyone seeing see noticed keep got after yesterday today hello thanks help need want'.split(
    ' ',
  ),
]);
/** Different ones of them make a sentence. */
const WORDS_MIN = 2;
/** Characters of Chinese that make a sentence. */
const HAN_MIN = 2;
/** Words that payloads are made of too. */
const TECHNICAL = new Set(
  'select from where and or not union all insert into values update set delete drop table order by group having limit like null as on join exec begin end if then else case when do echo cat ls dir net user add find grep print open read write get post http host true false var function return new this document window alert script style onload onerror src href data text html body div span value name type id class xmlns click system eval admin password root test file'.split(
    ' ',
  ),
);
/** So many other words make a sentence of so many words in a row, whatever they are. */
const OTHER_WORDS_MIN = 5;
const ROW_MIN = 6;
/** Different words around a payload that make it a part of a text: of a program, a log, a page. */
const TEXT_WORDS_MIN = 60;
/** As much of a text is read for its stance. */
const READ_MAX = 8_000;

/** What people do about a payload without carrying it out. */
const TALK =
  /(?:^|[^a-z])(?:what|why|how|which|who|whose|explain|describe|define|prevent|protect|detect|defend|avoid|mean|means|meaning|difference|understand|fix|block|reported|translate|document|teach|training|review|optimi[sz]e|refactor|rewrite|convert|correct|improve|format|debug|compare|summari[sz]e|comment|safe|dangerous|attack|write|generate)(?![a-z])|解释|什么|怎么|怎样|如何|为什么|为何|是否|防止|防范|防御|避免|检测|修复|含义|意思|作用|区别|风险|安全|原理|说明|翻译|优化|改写|检查|格式化|报错|攻击|规则|拦截|过滤|误报|日志|扫描|告警|渗透|漏洞|改成|转成|换成/;

/** What a script of SQL begins with; an injection begins in the middle of somebody else's statement. */
const SCRIPT =
  /^(?:\s|```[ \n]?(?:sql|mysql)?|(?:mysql|sqlite|postgres=#|tidb)> ?|--[^\n]*\n|\/\*[^*]{0,400}\*\/){0,12}(?:create|insert into|replace into|alter|update [^ ]{1,80} set|delete from|drop|select|with|begin|start transaction|set|use|truncate|explain|analyze)(?![a-z])/;
/** What every script has: one statement behind the other. */
const OF_SCRIPTS = new Set(['sql.stacked', 'sql.statement']);

/** A question or a wish to talk about what follows. */
const BEGINS =
  /^[ \n"']{0,3}(?:(?:please|hi|hello|hey|can you|could you|would you|kindly|help me)[ ,]{1,2}){0,2}(?:explain|describe|define|what|what's|why|how|who|is|are|does|did|can|could|should|would|will|may|translate|review|optimi[sz]e|refactor|rewrite|convert|correct|improve|debug|compare|summari[sz]e|fix|analy[sz]e|document|comment on|write|tell me (?:what|why|how)|meaning of|difference)(?: |:|\n)/;

const ACT =
  '(?:run|execute|exec|eval|evaluate|cat|print|dump|read|open|load|include|fetch|get|download|type|retrieve|return|output|display|show|list|give|access|visit|browse|render|import|submit|inject|send|invoke|perform|call|enter|input)';
/** What may stand between an order and what is to be carried out. */
const FILL =
  ' {0,2}(?: (?:me|us|out|the|this|following|query|command|file|content|contents|of|from|all|path|at|up|it|sql|statement|on|against|database|db|server|your|shell|system|code|payload|script|page|url|link|with|for|in|as|a|and)){0,8}[ \\n:\'"`“「(]{0,4}[^\\n ]{0,40}(?: [^\\n a-z][^\\n ]{0,40}){0,3} ?$';
/** An order begins a sentence, is polite, or tells the assistant what to do. */
const ORDER_EN = new RegExp(
  `(?:(?:^|[.!:\\n] ) {0,1}(?:please |just |now |then |first |and |ok |okay |hey |hi |kindly ){0,2}|(?:please|now|then) |(?:can|could|would|will) you (?:please )?|(?:want|need|ask|order|tell|told|expect|require) you to |you (?:must|have to|should|will) |command you to )${ACT}${FILL}`,
);
const ORDER_ZH =
  /(?:执行|运行|读取|打开|显示|输出|打印|查看|获取|给我|访问|加载|下载|渲染|返回|调用)[\u3400-\u9fff]{0,12}[^\u3400-\u9fff。]{0,60}$/;
const POLITE = /^[ \n"']{0,3}(?:(?:please|hi|hello|hey) ,?)?(?:can|could|would|will) you /;
const BEFORE_MAX = 120;

/**
 * Payloads are discussed where a sentence stands around them that does not order to carry them out, and where they
 * are a small part of a long text or of a program; a payload alone is offered. `text` is canonical. Time is linear in its length.
 */
export function stanceOfPayload(text: string, matches: readonly RuleMatch[]): PayloadStance {
  const read = text.slice(0, READ_MAX);
  const around = withoutCode(blank(read, matches));
  const talks = TALK.test(around);
  const begins = BEGINS.test(read);
  if (!talks && !(begins && !POLITE.test(read)) && startsOf(matches).some((start) => isOrdered(text, start)))
    return 'executed';
  if (begins || isSentence(read, around, talks)) return 'discussed';
  if (SCRIPT.test(read) && matches.every(({ rule }) => OF_SCRIPTS.has(rule.id))) return 'discussed';
  return wordsOf(around).size >= TEXT_WORDS_MIN || isProgram(read, matches) ? 'discussed' : 'offered';
}

/** Orders are looked for before as many places. */
const STARTS_MAX = 16;

function startsOf(matches: readonly RuleMatch[]): number[] {
  return [...new Set(matches.map(({ start }) => start))].sort((a, b) => a - b).slice(0, STARTS_MAX);
}

function isOrdered(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - BEFORE_MAX), at);
  return ORDER_EN.test(before) || ORDER_ZH.test(before);
}

function isSentence(read: string, around: string, talks: boolean): boolean {
  let han = 0;
  for (const character of read)
    if (character >= '\u3400' && character <= '\u9fff' && ++han >= HAN_MIN) return true;
  if (countOf(TELLING, wordsOf(read)) >= WORDS_MIN) return true;
  if (hasRow(around)) return true;
  const words = wordsOf(around);
  const prose = countOf(PROSE, words);
  return (
    prose >= WORDS_MIN || (talks && prose > 0) || (talks && around.length < read.length && hasCode(read))
  );
}

/** Words with nothing but blanks and commas between them: code seldom has six in a row. */
function hasRow(text: string): boolean {
  let row = 0;
  const others = new Set<string>();
  for (const token of text.split(/\s+/)) {
    const word = /^([a-z]{2,20})[,.;:]?$/.exec(token)?.[1];
    if (word === undefined) {
      row = 0;
      others.clear();
      continue;
    }
    row += 1;
    if (!TECHNICAL.has(word)) others.add(word);
    if (row >= ROW_MIN && others.size >= OTHER_WORDS_MIN) return true;
  }
  return false;
}

const CODE = /```[^`]{0,8000}```|`[^`\n]{0,2000}`/g;

function withoutCode(text: string): string {
  return text.replace(CODE, ' ');
}

function hasCode(text: string): boolean {
  return text.includes('`') && withoutCode(text) !== text;
}

/** Rules read what stands before and behind a payload too: words at the edges of a match stay. */
const EDGES = /^[a-z ,.!?:\u3400-\u9fff-]{0,200}|[a-z ,.!?:\u3400-\u9fff-]{0,200}$/g;

function blank(text: string, matches: readonly RuleMatch[]): string {
  const spans = matches.map(({ start, end }) => {
    const [before = '', behind = ''] = text.slice(start, end).match(EDGES) ?? [];
    return { start: start + before.length, end: Math.max(start + before.length, end - behind.length) };
  });
  let out = '';
  let from = 0;
  for (const { start, end } of spans.sort((a, b) => a.start - b.start)) {
    if (start > from) out += `${text.slice(from, start)} `;
    from = Math.max(from, end);
  }
  return out + text.slice(from);
}

/** Words between blanks, with the punctuation of sentences around them alone. */
function wordsOf(text: string): Set<string> {
  const words = new Set<string>();
  for (const [, word = ''] of text.matchAll(
    /(?<![^\s(“‘,:])([a-z][a-z']{0,30})(?=[)"”’,.;:?!]{0,3}(?:\s|$))/g,
  ))
    words.add(word);
  return words;
}

function countOf(wanted: ReadonlySet<string>, words: ReadonlySet<string>): number {
  let count = 0;
  for (const word of words) if (wanted.has(word)) count += 1;
  return count;
}
