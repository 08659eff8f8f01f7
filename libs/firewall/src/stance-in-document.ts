import type { RuleMatch } from './rules/rule-set.js';
import { quotedSpans, type Span } from './stance.js';

/** Machines that answer, and what they are told. */
const SUBJECT =
  /(?<![a-z])(?:(?:chat)?bots?|robots?|assistants?|(?:language )?models?|llms?|ais?|prompts?|prompting|copilots?|(?:chat)?gpts?|summari[sz]ers?|conversational)(?![a-z])|助手|机器人|模型|提示词|智能体|智能客服|人工智能|对话(?:接口|界面|设计)/;
/** Texts that say how people shall answer. */
const SCRIPT =
  /(?<![a-z])(?:scripts?|playbooks?|talking points|faqs?|q&a|style guide|tone of voice|etiquette|glossary|chats?)(?![a-z])|话术|口径|问答|讲稿|备注|文案|语气|术语|聊天/;
/** Texts that say how people shall work; machines are no readers of theirs. */
const HANDBOOK =
  /(?<![a-z])(?:handbooks?|manuals?|guidelines?|guides?|training)(?![a-z])|手册|指南|规范|培训/;
/** A heading that turns to a machine tells nothing about it. */
const TURNS_TO =
  /^[#*\s]{0,8}(?:notes?|attention|notice|messages?|instructions?|dear|hey|hello|hi|memo|important|to|for)(?![a-z])[^\n]{0,24}(?<![a-z])(?:to|for|all|any|dear|hey|hello|hi|attention)(?![a-z])|^[#*\s]{0,8}(?:致|给|请|注意|亲爱|你好|您好)/;
/** This very text, or whoever reads it. */
const THIS =
  /(?<![a-z])(?:this|these|the (?:above|following|present)) (?:(?:whole|entire|internal|attached|following) )?(?:documents?|texts?|pages?|files?|reports?|letters?|e-?mails?|messages?|cvs?|resumes?|pdfs?|applications?|applicants?|candidates?|papers?|notes?|articles?|contracts?|minutes|offers?|invoices?|vendors?|suppliers?|tickets?|lines?|sections?|contents?|prs?|records?|threads?|wikis?)(?![a-z])|(?:reading|processing|summari[sz]ing|reads|processes|summari[sz]es) this(?![a-z])|[本此该](?:文|页|篇|份|邮件|简历|报告|合同|纪要|条|段|申请|候选|供应商|文件|表|公司|产品|行|块)|读到这/;
/** Machines that are called: by name, then what they shall do. */
const CALLED =
  /^[^:,!\n]{0,28}(?:(?:ai|llm|gpt)[ -][a-z]{2,12}|bots?|assistants?|models?|agents?|llms?|ais?|gpts?|copilots?|readers?|reviewers?|summari[sz]ers?|tools?|systems?|analysts?|engines?|助手|机器人|模型|助理|智能体|人工智能|系统|工具|记录员)["”』」]? {0,2}[:,!—–]/;
/** Orders that say so, and to whom. */
const COMMANDS =
  /(?<![a-z])(?:hereby|you (?:must|should|shall|will|are to))(?![a-z])|特此|兹|[你您](?:就|必须|应|要|只|得)/;
/** Whoever quotes a call to a machine says where it was met, or that it is an example. */
const REPORTED =
  /(?<![a-z])(?:attack|inject|hid|malicious|pasted|phish|test|incident|red team|e\.g\.|for example|for instance|expected|cause|reported|wrote|typed)|攻击|注入|恶意|测试|红队|事件|例如|比如|写着|写了|输入|上报/;
const INTRODUCED =
  /(?:such as|e\.g\.|for example|for instance|in white text|例如|比如|譬如|诸如|写着|白色文字)[^\n]{0,80}$/;
/** What attackers do is told, to whomever their text turns. */
const BY_ATTACKERS =
  /(?<![a-z])(?:attackers?|hackers?|criminals?|fraudsters?|spammers?|adversar(?:y|ies))(?: [a-z]{2,12}){0,3} (?:hid(?:e|es|ing)?|plac|put|embed|writ|wrote|us(?:e|ing)|plant|insert|smuggl|send|sent|past|add)[^.!?\n]{0,100}$|(?:攻击者|黑客|不法分子|骗子|诈骗者)[^。!?\n]{0,12}(?:藏|写|放|嵌|插|发|用|贴|埋)[^。!?\n]{0,40}$/;
/** Talks that were written down: what the machine said asks the other one for something. */
const TURN =
  /^[\s.!?。!?;:]{0,3}(?:(?:chat|voice)?bot|assistant|机器人|助手) ?: ?(?:(?:please|kindly)(?![a-z])|请)/;
const OTHER_TURN =
  /(?<![a-z])(?:customer|caller|guest|client|visitor|patient|agent|客户|顾客|访客|来电者|坐席|病人) ?:/;
const INTRODUCTION_MAX = 160;
/** Rules whose every match speaks to a machine. */
const SPEAKS =
  /machine-reads-this|reader-at-this|text-for-readers|read-by-machine|you-the-machine|readers?-hailed|your-user|new-role|forged-authority|behind-the-user/;
const PERSON = /(?<![a-z])(?:you|your|me|my|us)(?![a-z])|[你您我]/;

/** Units before and after, within which a text says what it is about. */
const NEAR = 1_000;
const SENTENCE_END = /[.!?。!?;;\n]/;

/**
 * Which signs of a document give orders to a machine that reads it; the others are told in a text about such machines:
 * a guide, requirements, a script for answering, a report on attacks. A text is about machines where its heading or
 * sentences without a sign speak of them; there, quotations, examples and what machines shall do in the third person
 * are told. Who calls the machine, or speaks of this very text, orders.
 */
export function offeredInDocument(text: string, matches: readonly RuleMatch[]): RuleMatch[] {
  const strong = matches.filter(({ rule }) => rule.severity !== 'low');
  const quoted = [...quotedSpans(text), ...fencedSpans(text)];
  const about = sentencesAbout(text, strong);
  const headings = headingsOf(text, strong);
  const isAbout = (match: RuleMatch): boolean =>
    isUnderHeading(text, match, headings) || isNear(match, about);
  return matches.filter(
    (match) =>
      !((isAbout(match) || isByAttackers(text, match) || isTurn(text, match)) && isTold(text, match, quoted)),
  );
}

function isTold(text: string, match: RuleMatch, quoted: readonly Span[]): boolean {
  const { rule, start, end } = match;
  const found = text.slice(start, end);
  if (quoted.some((span) => span.start <= start + 1 && end <= span.end + 1))
    return !CALLED.test(found) || REPORTED.test(around(text, match));
  if (INTRODUCED.test(text.slice(Math.max(0, start - INTRODUCTION_MAX), start))) return true;
  if (isByAttackers(text, match) && !CALLED.test(found)) return true;
  if (isTurn(text, match)) return true;
  if (rule.kind === 'artifact' || SPEAKS.test(rule.id)) return false;
  if (rule.category !== 'document-instruction' && !rule.id.includes('.forged-') && PERSON.test(found))
    return false;
  if (rule.category === 'direct-injection' && !rule.id.includes('.forged-')) return false;
  if (rule.category === 'jailbreak') return false;
  return !CALLED.test(found) && !COMMANDS.test(found) && !THIS.test(sentenceAt(text, match));
}

const isByAttackers = (text: string, { start }: Span): boolean =>
  BY_ATTACKERS.test(text.slice(Math.max(0, start - INTRODUCTION_MAX), start));

const isTurn = (text: string, match: RuleMatch): boolean =>
  TURN.test(text.slice(match.start, match.end)) && OTHER_TURN.test(around(text, match));

function isNear(match: RuleMatch, about: readonly Span[]): boolean {
  const { id, category } = match.rule;
  // What a form of talks looks like is told only where that is the subject.
  if (category !== 'document-instruction' || id.endsWith('prompt-shaped')) return false;
  return about.some(({ start, end }) => start >= match.start - NEAR && end <= match.end + NEAR);
}

/** Sentences about machines without a sign in them. */
function sentencesAbout(text: string, strong: readonly RuleMatch[]): Span[] {
  const signs = [...strong].sort((a, b) => a.start - b.start);
  const found: Span[] = [];
  let [start, next, reached] = [0, 0, -1];
  for (const sentence of text.split(SENTENCE_END)) {
    const span = { start, end: start + sentence.length };
    start = span.end + 1;
    for (; (signs[next]?.start ?? Infinity) <= span.end; next++)
      reached = Math.max(reached, signs[next]?.end ?? 0);
    if (reached <= span.start && SUBJECT.test(sentence)) found.push(span);
  }
  return found;
}

function around(text: string, { start, end }: Span): string {
  return text.slice(Math.max(0, start - NEAR), end + NEAR);
}

const HEADING_MAX = 80;

interface Heading extends Span {
  readonly tells: 'of machines' | 'how people work' | 'nothing';
}

/** The first line and marked headings; those that are long, hold a sign or turn to somebody tell nothing. */
function headingsOf(text: string, strong: readonly RuleMatch[]): Heading[] {
  const starts = [Math.max(0, text.search(/\S/))];
  for (const { index } of text.matchAll(/\n#/g)) starts.push(index + 1);
  return starts.map((start) => {
    const stop = text.indexOf('\n', start);
    const end = stop < 0 ? text.length : stop;
    const isMute = end - start > HEADING_MAX || strong.some((one) => start <= one.start && one.end <= end);
    return { start, end, tells: isMute ? 'nothing' : subjectOf(text.slice(start, end)) };
  });
}

function subjectOf(heading: string): Heading['tells'] {
  if (TURNS_TO.test(heading)) return 'nothing';
  if (SUBJECT.test(heading) || SCRIPT.test(heading)) return 'of machines';
  return HANDBOOK.test(heading) ? 'how people work' : 'nothing';
}

/** Whether the first line, or the heading above, says that the text is about machines or about answering. */
function isUnderHeading(text: string, match: RuleMatch, headings: readonly Heading[]): boolean {
  const isAbove = ({ end }: Heading): boolean => end <= match.start || isCut(match, end);
  const named = SUBJECT.test(text.slice(match.start, match.end));
  return [headings.find(isAbove), headings.findLast(isAbove)].some(
    (heading) => heading?.tells === 'of machines' || (heading?.tells === 'how people work' && !named),
  );
}

/** A match may begin in a heading. */
function isCut({ start, end }: Span, at: number): boolean {
  return start < at && at < end;
}

/** Of a longer sentence, so much before and after. */
const SENTENCE_MAX = 240;

function sentenceAt(text: string, { start, end }: Span): string {
  const before = text.slice(Math.max(0, start - SENTENCE_MAX), start).split(SENTENCE_END);
  const after = text.slice(end, end + SENTENCE_MAX).split(SENTENCE_END);
  return `${before.at(-1) ?? ''}${text.slice(start, end)}${after[0] ?? ''}`;
}

/** Blocks of code, objects in JSON, rows of tables, lines of others. */
function fencedSpans(text: string): Span[] {
  return [
    ...text.matchAll(
      /```[^`]{0,4000}```|\{ ?"[^\n{}]{1,400}\}|(?:^|\n)(?:\|[^\n]{1,1000}\||>[^\n]{1,1000})(?=\n|$)/g,
    ),
  ].map(({ index, 0: { length } }) => ({ start: index, end: index + length }));
}
