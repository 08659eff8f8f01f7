import { analyze, sentences, type Span } from '@lorekeep/kit/text';
import type { PromptPassage } from '../driver.js';
import { pairOf } from './read-question.js';

/** A list or a table: what a quotation takes along with a line of it. */
export interface Block {
  readonly kind: 'list' | 'table';
  /** The sentence that ends with a colon above a list; the head of a table. */
  readonly lead: Span | undefined;
  readonly lines: readonly Span[];
  /** Numbered: the order matters. */
  readonly ordered: boolean;
}

/** What can be quoted by itself: a sentence, an item of a list, a row of a table. */
export interface Unit extends Span {
  readonly block: Block | undefined;
  /** Which paragraph of the passage, from 0. */
  readonly paragraph: number;
  readonly text: string;
  readonly terms: ReadonlySet<string>;
  /** Terms of the block's lead. */
  readonly leadTerms: ReadonlySet<string>;
}

export interface ReadPassage {
  readonly passage: PromptPassage;
  /** Place among the passages, from 0. */
  readonly rank: number;
  readonly units: readonly Unit[];
  readonly blocks: readonly Block[];
  /** Terms of title and heading path. */
  readonly topic: ReadonlySet<string>;
  /** Terms of the whole content. */
  readonly content: ReadonlySet<string>;
}

const ITEM = /^\s*(?:[-*+•·–]\s|\(?\d{1,3}[.)、]\s?|[（(][一二三四五六七八九十\d]+[)）])/;
const ORDERED = /^\s*(?:\(?\d{1,3}[.)、]|[（(][一二三四五六七八九十\d]+[)）])/;
const RULE_MARKS = /^[\s|:-]+$/;
const NONE: ReadonlySet<string> = new Set();

/** The units of a passage in order, at most `unitsMax`; headings and questions of an FAQ are none. */
export function readPassage(
  passage: PromptPassage,
  rank: number,
  unitsMax: number,
  asked: ReadonlySet<string>,
): ReadPassage {
  const { content } = passage;
  const units: Unit[] = [];
  const blocks: Block[] = [];
  const all = new Set<string>();
  const add = (span: Span, paragraph: number, block: Block | undefined, leadTerms: ReadonlySet<string>) => {
    const text = content.slice(span.start, span.end);
    if (units.length >= unitsMax || (block === undefined && isHeading(text))) return;
    const terms = termsOf(text, asked);
    for (const term of terms) all.add(term);
    units.push({ ...span, block, paragraph, text, terms, leadTerms });
  };
  groupsOf(content).forEach((group, paragraph) => {
    if (group.kind === 'text') {
      const span = { start: group.lines[0]?.start ?? 0, end: group.lines.at(-1)?.end ?? 0 };
      for (const { start, end } of sentences(content.slice(span.start, span.end)))
        add({ start: span.start + start, end: span.start + end }, paragraph, undefined, NONE);
      return;
    }
    const block =
      group.kind === 'table' ? tableOf(content, group.lines) : listOf(content, group.lines, units.at(-1));
    blocks.push(block);
    const lead = block.lead ? termsOf(content.slice(block.lead.start, block.lead.end), asked) : NONE;
    if (group.kind === 'table') for (const term of lead) all.add(term);
    for (const line of block.lines) add(line, paragraph, block, lead);
  });
  const topic = termsOf(`${passage.title}\n${passage.heading}`, asked);
  return { passage, rank, units, blocks, topic, content: all };
}

/** Pairs of asked terms that stand this close to each other are kept as terms, too. */
const PAIR_DISTANCE_MAX = 2;

function termsOf(text: string, asked: ReadonlySet<string>): Set<string> {
  const terms = analyze(text);
  const all = new Set(terms);
  terms.forEach((term, at) => {
    if (!asked.has(term)) return;
    for (const next of terms.slice(at + 1, at + 1 + PAIR_DISTANCE_MAX))
      if (next !== term && asked.has(next)) all.add(pairOf(term, next));
  });
  return all;
}

interface Group {
  readonly kind: 'text' | 'list' | 'table';
  readonly lines: Span[];
}

/** Lines put together to paragraphs, lists (each line an item with what continues it) and tables. */
function groupsOf(content: string): Group[] {
  const groups: Group[] = [];
  let blank = true;
  for (let start = 0; start < content.length;) {
    const next = content.indexOf('\n', start);
    const end = next < 0 ? content.length : next;
    const line = content.slice(start, end);
    const last = groups.at(-1);
    const kind = line.trimStart().startsWith('|') ? 'table' : ITEM.test(line) ? 'list' : 'text';
    const span = { start: start + line.length - line.trimStart().length, end: start + line.trimEnd().length };
    if (line.trim() !== '') {
      const open = last && (kind === 'list' || !blank) ? last : undefined;
      const item = open?.kind === 'list' && kind === 'text' ? open.lines.pop() : undefined;
      if (open && item) open.lines.push({ start: item.start, end: span.end });
      else if (open?.kind === kind) open.lines.push(span);
      else groups.push({ kind, lines: [span] });
    }
    blank = line.trim() === '';
    start = end + 1;
  }
  return groups;
}

/** The first row is the head, also where no rule says so: a row alone tells nothing. */
function tableOf(content: string, lines: readonly Span[]): Block {
  const rows = lines.filter(({ start, end }) => !isRule(content.slice(start, end)));
  return { kind: 'table', lead: rows[0], lines: rows.slice(1), ordered: false };
}

const isRule = (line: string): boolean => line.includes('---') && RULE_MARKS.test(line);

function listOf(content: string, lines: readonly Span[], before: Unit | undefined): Block {
  const first = lines[0];
  const leads =
    before?.block === undefined &&
    before !== undefined &&
    first !== undefined &&
    /[:：]\**$/.test(before.text) &&
    content.slice(before.end, first.start).trim() === '';
  const ordered = first !== undefined && ORDERED.test(content.slice(first.start, first.end));
  return { kind: 'list', lead: leads ? { start: before.start, end: before.end } : undefined, lines, ordered };
}

/** Repeating a heading, or a question of an FAQ, would answer nothing. */
function isHeading(text: string): boolean {
  return text.startsWith('#') || /^\*\*[^*]+\*\*$/.test(text) || /[?？]["'”」*]*$/.test(text);
}
