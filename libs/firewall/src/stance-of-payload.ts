import type { RuleMatch } from './rules/rule-set.js';

/** A payload offered to be carried out, ordered to be carried out, or talked about. */
export type PayloadStance = 'offered' | 'executed' | 'discussed';

/** Words that hold English sentences together and are no SQL or shell. */
const PROSE = new Set(
  'the a an is are was were be been this that these those what why how when which who does do did can could should would will may might must you we they i my our your their it its me us there here about with without if because please explain means mean meaning difference between example safe dangerous risk prevent protect against detect fix found report reported shows showed'.split(
    ' ',
  ),
);
const PROSE_WORDS_MIN = 2;
/** Characters of Chinese that make a sentence. */
const PROSE_HAN_MIN = 4;

const ASKING =
  /(?:^|[^a-z])(?:what|why|how|when|which|who|whose|where|is|are|does|do|did|can|could|should|may|explain|describe|define|prevent|protect|detect|defend|avoid|mean|means|meaning|difference|understand|fix|block|reported|translate|document|teach|training|policy)(?![a-z])|[?？]|解释|什么|怎么|怎样|如何|为什么|为何|是否|防止|防范|防御|避免|检测|修复|含义|意思|作用|区别|风险|安全吗|原理|说明|翻译|培训/;
/** An order to act on what follows. */
const ORDER =
  /(?:(?:^|[.!:\n,]|please|now|then|and|you|to)[ \n]{0,3}(?:run|execute|cat|print|dump|read|open|load|include|fetch|get|download|type|retrieve|return|output|display|show|list|give|access)(?: (?:me|us|out|the|this|following|query|command|file|content|contents|of|from|all|path|at|up|it|sql|statement|and|on|against|database|server|your)){0,8}|执行|运行|读取|打开|显示|输出|打印|查看|获取|给我)[ \n:：'"`「“(]{0,4}$/;

/**
 * Payloads (paths, SQL) are discussed where a sentence stands around them and does not order to carry them out;
 * a payload alone, or behind an order, is offered.
 */
export function stanceOfPayload(text: string, matches: readonly RuleMatch[]): PayloadStance {
  const around = withoutCode(blank(text, matches));
  if (!isProse(around)) return 'offered';
  const asks = ASKING.test(around);
  const ordered = matches.some((match) => ORDER.test(before(text, match.start)));
  return ordered && !asks ? 'executed' : 'discussed';
}

const BEFORE_MAX = 80;
function before(text: string, at: number): string {
  return text.slice(Math.max(0, at - BEFORE_MAX), at);
}

function blank(text: string, matches: readonly RuleMatch[]): string {
  let out = '';
  let from = 0;
  for (const { start, end } of [...matches].sort((a, b) => a.start - b.start)) {
    if (start > from) out += `${text.slice(from, start)} `;
    from = Math.max(from, end);
  }
  return out + text.slice(from);
}

function withoutCode(text: string): string {
  return text.replace(/```[^`]{0,8000}```|`[^`\n]{0,2000}`/g, ' ');
}

function isProse(text: string): boolean {
  let han = 0;
  for (const character of text.slice(0, 4_000)) if (character >= '\u3400' && character <= '\u9fff') han += 1;
  if (han >= PROSE_HAN_MIN) return true;
  let words = 0;
  for (const word of text.slice(0, 4_000).split(/[^a-z]+/))
    if (PROSE.has(word) && ++words >= PROSE_WORDS_MIN) return true;
  return false;
}
