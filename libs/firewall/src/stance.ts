import { isResembling } from './resembles/resembling.js';
import type { RuleMatch } from './rules/rule-set.js';

/** An order to the assistant that is given, or talked about. */
export type Stance = 'offered' | 'discussed';

const ASKING =
  /(?:^|[^a-z])(?:what|why|how|when|which|who|whose|where|is|are|does|do|did|can|could|should|may|explain|describe|define|prevent|protect|detect|defend|avoid|mean|means|meaning|difference|understand|fix|block|reported|translate|document|teach|training|policy|classify|alert|ticket|false positives?|tuning)(?![a-z])|[?？]|解释|什么|怎么|怎样|如何|为什么|为何|是否|防止|防范|防御|避免|检测|修复|含义|意思|作用|区别|风险|安全吗|原理|说明|翻译|培训|归类|归个类|分类|讲讲|算不算|是不是|误报|告警/;
/**
 * What somebody is about who works on texts about orders. Not what is done to a text
 * that is given (summarize, rephrase, give a title): orders are hidden in those.
 */
const WORKING =
  /(?:^|[^a-z])(?:glossary|definition|terminology|moderat(?:e|ion|or))(?![a-z])|要不要|该不该|判断|鉴别|属于|术语|想知道|想了解|请问|吗/;
/** A document is about orders where it speaks of machines that take them, or of those who give them; any asks and explains. */
const ABOUT_ORDERS =
  /(?:^|[^a-z])(?:(?:chat)?bots?|assistants?|(?:language )?models?|llms?|ais?|prompts?|prompting|copilots?|(?:chat)?gpts?|attack|inject|malicious|jailbreak|phish|red[ -]team|hacker|firewall)|助手|机器人|模型|提示词|智能体|人工智能|攻击|注入|恶意|越狱|钓鱼|红队|黑客|防火墙/;
/** What somebody does who guards against such orders. */
const GUARDING =
  /(?:^|[^a-z])(?:prevent|protect|detect|defend|mitigat|recogni[sz]|block|filter|guard|harden|test)[a-z]{0,5}(?![a-z])|防止|防范|防御|检测|识别|拦截|阻止|过滤|测试/;
/** Words that introduce an example. */
const INTRODUCED =
  /(?:such as|like|e\.g\.|for example|for instance|phrases?|sentences?|prompts?|strings?|words|attempts?|attacks?|messages?|inputs?|saying|says|writes?|types?)[ :,]{0,3}$|(?:例如|比如|类似|诸如|像|如|所谓|写着|写上|输入|句子|这种|这样的)[ :,]{0,2}$/;
const INTRODUCTION_MAX = 40;
/** Who asks about orders quotes a few; scripts for a part to play are full of quotations. */
const EXAMPLES_MAX = 3;

/**
 * Orders to the assistant are discussed where they stand in quotation marks or code within a text that asks, or are
 * introduced as examples in one that asks how to guard against them. Faint signs need no quotation marks, nor does what a
 * whole part of the text resembles.
 */
export function stanceOfOrder(text: string, matches: readonly RuleMatch[], isDocument = false): Stance {
  const quoted = quotedSpans(text);
  const seen = matches.filter(({ rule }) => !isResembling(rule));
  const severe = seen.filter(({ rule }) => rule.severity !== 'low');
  // Where nothing but a whole part decides, faint signs show what it is about.
  const strong = severe.length > 0 || isDocument ? severe : seen;
  const guarded = GUARDING.test(outside(text, strong));
  const examples = new Set<Span>();
  const quotedWhole = strong.some((match) => quoted.some((span) => isWithin(match, span)));
  const talkedAbout = (match: Span): boolean => {
    // Of an order that is quoted, a rule may match words before or behind it too; another one shows that it stands there
    // whole. What begins in a quotation and ends in another one is made of both.
    const first = quoted.find(({ start, end }) => start <= match.start && match.start < end - 1);
    const last = quoted.find(({ start, end }) => start < match.end && match.end <= end + 1);
    const quotation =
      quoted.find((span) => isWithin(match, span)) ?? (quotedWhole ? (last ?? first) : first && last);
    if (quotation) examples.add(quotation);
    const introduction = text.slice(Math.max(0, match.start - INTRODUCTION_MAX), match.start);
    return quotation !== undefined || (guarded && INTRODUCED.test(introduction));
  };
  if (strong.length === 0 || !strong.every(talkedAbout) || examples.size > EXAMPLES_MAX) return 'offered';
  const around = outside(text, quoted);
  const isAbout = isDocument ? ABOUT_ORDERS.test(around) : ASKING.test(around) || WORKING.test(around);
  return isAbout ? 'discussed' : 'offered';
}

/** A match may take the marks in. */
function isWithin({ start, end }: Span, span: Span): boolean {
  return span.start <= start + 1 && end <= span.end + 1;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

const PAIRS: Readonly<Record<string, string>> = {
  '"': '"',
  '“': '”',
  '«': '»',
  '「': '」',
  '『': '』',
  '`': '`',
  "'": "'",
  '‘': '’',
  '《': '》',
};
/** A quotation is shorter than this; else a stray mark would quote the rest of a document. */
const QUOTATION_MAX = 400;

/** The units that open a quotation, and what closes it. */
const CLOSES = new Map(
  Object.entries(PAIRS).map(([open, close]) => [open.charCodeAt(0), close.charCodeAt(0)]),
);
const OPENS = new Uint8Array(0x10000);
for (const unit of CLOSES.keys()) OPENS[unit] = 1;
const [APOSTROPHE, SINGLE_OPEN, SINGLE_CLOSE] = [0x27, 0x2018, 0x2019];

/** Quotations, in order and apart. An apostrophe within a word opens none. */
export function quotedSpans(text: string): Span[] {
  const spans: Span[] = [];
  // How far each mark has been looked for in vain, so that no character is read twice for it.
  const searched = new Map<number, number>();
  for (let at = 0; at < text.length; at++) {
    const mark = text.charCodeAt(at);
    if (OPENS[mark] === 0) continue;
    if ((mark === APOSTROPHE || mark === SINGLE_OPEN) && isOfWord(text.charCodeAt(at - 1))) continue;
    const end = closing(text, at + 1, CLOSES.get(mark) ?? mark, searched);
    if (end < 0) continue;
    spans.push({ start: at, end: end + 1 });
    at = end;
  }
  return spans;
}

function closing(text: string, from: number, close: number, searched: Map<number, number>): number {
  const limit = Math.min(text.length, from + QUOTATION_MAX);
  const maybeApostrophe = close === APOSTROPHE || close === SINGLE_CLOSE;
  for (let at = Math.max(from, searched.get(close) ?? 0); at < limit; at++) {
    if (text.charCodeAt(at) !== close) continue;
    if (!maybeApostrophe || !isOfWord(text.charCodeAt(at + 1))) return at;
  }
  searched.set(close, limit);
  return -1;
}

/** Small letters of ASCII, and digits. */
function isOfWord(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39);
}

function outside(text: string, spans: readonly Span[]): string {
  let out = '';
  let from = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (start > from) out += `${text.slice(from, start)} `;
    from = Math.max(from, end);
  }
  return out + text.slice(from);
}
