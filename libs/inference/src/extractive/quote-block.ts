import type { Span } from '@lorekeep/kit/text';
import type { Block, Unit } from './read-passage.js';
import type { ScoredPassage } from './score-units.js';

export interface Piece extends Span {
  readonly text: string;
  readonly block: Block | undefined;
}

/** More of a list or table is better read at its source. */
const LINES_MAX = 6;
const LENGTH_MAX = 900;
/** Rows nearly as good as the best one come along; what the head says, all of them share. */
const NEAR_BEST = 0.9;
/** An item that says something by itself: it ends like a sentence, or is long enough to be one. */
const STATEMENT = /[.!?。！？;；]["'”’)）】」]*$/;
const STATEMENT_TERMS = 8;
const SAYS =
  /\b(?:is|are|was|were|has|have|can|may|must|will|should|do|does|not|be|needs?|costs?|takes?)\b|[是可须需不为在有将能会请由，]/i;
/** What a link or a title leaves. */
const ITEM_TERMS_MIN = 4;

/**
 * A list or a table as an answer: its lines as they stand in the passage, each whole. Of a table the rows that match
 * below its head; of a list the matching items if they are statements, else its beginning below the sentence that
 * introduces it. Nothing when a line would stand there without meaning.
 */
export function quoteBlock(source: ScoredPassage, block: Block, unit: Unit): Piece | undefined {
  const { content } = source.passage;
  if (block.kind === 'table') return block.lead && rowsOf(source, block, block.lead, unit);
  if (unit.block === block && isStatement(unit))
    return { start: unit.start, end: unit.end, text: unit.text, block: undefined };
  return block.lead && piece(content, block, [block.lead, ...block.lines]);
}

/** The head with the best rows, in their order; with the row itself alone where they are too long together. */
function rowsOf(source: ScoredPassage, block: Block, head: Span, unit: Unit): Piece | undefined {
  const { content } = source.passage;
  const score = ({ start }: Span): number => source.scores.get(start) ?? 0;
  const rows = block.lines
    .filter((line) => score(line) >= score(unit) * NEAR_BEST)
    .sort((a, b) => score(b) - score(a))
    .slice(0, LINES_MAX)
    .sort((a, b) => a.start - b.start);
  const length = rows.reduce((sum, { start, end }) => sum + end - start, head.end - head.start);
  return piece(content, block, length <= LENGTH_MAX ? [head, ...rows] : [head, unit]);
}

function isStatement({ text, terms }: Unit): boolean {
  if (/[:：]$/.test(text)) return false;
  return STATEMENT.test(text)
    ? terms.size >= ITEM_TERMS_MIN
    : terms.size >= STATEMENT_TERMS && SAYS.test(text);
}

/** Head or lead and what fits of the lines below it. */
function piece(content: string, block: Block, spans: readonly Span[]): Piece | undefined {
  const [lead, ...lines] = spans;
  if (!lead) return undefined;
  const texts = [content.slice(lead.start, lead.end)];
  let room = LENGTH_MAX - (lead.end - lead.start);
  let end = lead.end;
  for (const line of lines.slice(0, LINES_MAX)) {
    room -= line.end - line.start;
    if (room < 0) break;
    // The blanks before an item are what nests it.
    const from = content.lastIndexOf('\n', line.start - 1) + 1;
    texts.push(content.slice(block.kind === 'list' ? from : line.start, line.end));
    end = line.end;
  }
  if (texts.length === 1) return undefined;
  const text = block.kind === 'table' ? [texts[0], ruleOf(texts[0] ?? ''), ...texts.slice(1)] : texts;
  const gap =
    block.kind === 'list' && content.slice(lead.end, lines[0]?.start).includes('\n\n') ? '\n\n' : '\n';
  return { start: lead.start, end, text: `${text[0] ?? ''}${gap}${text.slice(1).join('\n')}`, block };
}

function ruleOf(head: string): string {
  const cells = head
    .replace(/\\\|/g, '')
    .replace(/^\||\|$/g, '')
    .split('|').length;
  return `|${' --- |'.repeat(cells)}`;
}

/** Verbs that steps begin with; others are known by what follows them. */
const VERB =
  /^(?:[-*+•]\s+|\d+[.)]\s+)?(?:(?:first|then|next|finally|now),? )?(?:do not|don't|never|open|click|select|choose|go|install|run|set|enter|press|connect|charge|switch|check|send|ask|fill|submit|download|create|add|remove|delete|use|call|hold|sign|log|turn|visit|contact|revoke|tell|report|restart|update|copy|paste|type|write|read|follow|start|stop|wait|make|put|take|email|request|complete|attach|upload|find|book|roll|disconnect|unplug|keep|bring|note|register|hand|give|let|place|\p{Lu}?\p{L}+ (?:the|your|it|them|this|each|all) )/iu;
const NO_VERB =
  /^(?:all|both|if|when|in|on|at|for|with|by|from|of|to|and|but|or|as|is|are|after|before|until|under|over|without|about|during|while|because|since|not|only|that|what|you|we|they|i|he|she|it)\s/i;
const VERB_ZH =
  /^(?:[-*+•]\s+|\d+[.)、]\s*)?(?:首先|先|然后|再|接着|最后|打开|点击|选择|进入|执行|运行|填写|提交|登录|下载|安装|联系|使用|创建|配置|检查|确认|停止|启动|修改|更换|准备|部署|编辑|在.{1,30}(?:中|上|页面)(?:选择|点击|填写|执行|运行|打开|提交))/;

/** The first steps of a passage, in its order: its numbered list, a list, or the paragraph of instructions. */
export function quoteSteps(source: ScoredPassage): Piece | undefined {
  const { content } = source.passage;
  const lists = source.blocks.filter(({ kind, lines }) => kind === 'list' && lines.length >= 2);
  const list = lists.find((one) => hasSteps(content, one));
  if (list) {
    if (list.lead) return piece(content, list, [list.lead, ...list.lines]);
    const [first, ...rest] = list.lines;
    return first && piece(content, list, [first, ...rest.slice(0, LINES_MAX - 1)]);
  }
  return instructions(source);
}

const FIRST = /^\(?(?:1[.)、]|[（(]?[1一][)）])/;
const ALTERNATIVES = /\b(?:one|any|either) of (?:the )?(?:following|these)\b|以下(?:任一|之一|情[况形])/i;

/** A numbered list from its beginning, or one of instructions; not one of conditions, nor the rest of a list. */
function hasSteps(content: string, { lead, lines, ordered }: Block): boolean {
  const text = (span: Span | undefined): string => (span ? content.slice(span.start, span.end) : '');
  if (ALTERNATIVES.test(text(lead))) return false;
  if (ordered) return FIRST.test(text(lines[0]));
  return lead !== undefined && lines.filter((line) => isStep(text(line))).length * 2 >= lines.length;
}

function instructions(source: ScoredPassage): Piece | undefined {
  const paragraphs = new Map<number, Unit[]>();
  for (const unit of source.units) {
    if (unit.block) continue;
    const units = paragraphs.get(unit.paragraph);
    if (units) units.push(unit);
    else paragraphs.set(unit.paragraph, [unit]);
  }
  let best: Unit[] = [];
  let most = 1;
  for (const units of paragraphs.values()) {
    const steps = units.filter(({ text }) => isStep(text)).length;
    if (steps <= most || steps * 2 < units.length) continue;
    most = steps;
    best = units;
  }
  const [first] = best;
  const last = best.slice(0, LINES_MAX).at(-1);
  if (!first || !last) return undefined;
  const { start } = first;
  return { start, end: last.end, text: source.passage.content.slice(start, last.end), block: undefined };
}

function isStep(text: string): boolean {
  return VERB_ZH.test(text) || (VERB.test(text) && !NO_VERB.test(text));
}
