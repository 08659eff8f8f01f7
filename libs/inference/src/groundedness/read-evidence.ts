import { analyze } from '@lorekeep/kit/text';
import type { PromptPassage } from '../driver.js';
import { readPassage } from '../extractive/read-passage.js';
import { readAnchored, type Anchored } from './read-anchored.js';
import { sensesOf, type Sense } from './opposites.js';
import { plainText } from './plain-text.js';
import { readClauses, type Stance } from './read-clauses.js';
import { keyOf } from './read-names.js';
import { unitOfHead } from './units.js';
import { readQuantities, type Quantity } from './read-quantities.js';

/** A clause with the terms of its own. */
export interface EvidenceClause extends Stance {
  readonly terms: ReadonlySet<string>;
  /** The first terms that are denied in it. */
  readonly anchors: readonly string[];
  readonly start: number;
  readonly end: number;
}

interface UnitContext {
  readonly terms: ReadonlySet<string>;
  /** Terms of title, heading, lead and neighbours, which the unit may leave unsaid. */
  readonly context: Set<string>;
  /** Terms of the head of its table: as good as said in the row. */
  readonly head: ReadonlySet<string>;
  /** A row of a table: what stands in another row is about something else. */
  readonly isRow: boolean;
  readonly lead: string;
}

/** A sentence, an item or a row of a passage, with what it can be understood by. Read when it is asked for. */
export class EvidenceUnit {
  readonly plain: string;

  readonly terms: ReadonlySet<string>;
  readonly context: Set<string>;
  readonly head: ReadonlySet<string>;
  readonly isRow: boolean;
  private readonly lead: string;

  constructor(text: string, { terms, context, head, isRow, lead }: UnitContext) {
    this.plain = plainText(text);
    this.terms = terms;
    this.context = context;
    this.head = head;
    this.isRow = isRow;
    this.lead = lead;
  }

  private heldQuantities: readonly Quantity[] | undefined;
  get quantities(): readonly Quantity[] {
    return (this.heldQuantities ??= this.isRow ? this.rowQuantities() : readQuantities(this.plain));
  }

  /** Numbers of a row, with the unit that the head of their column says. */
  private rowQuantities(): Quantity[] {
    const heads = this.lead.split('|');
    return readQuantities(this.plain).map((one) => {
      const column = this.plain.slice(0, one.start).split('|').length - 1;
      return { ...one, inRow: true, unit: one.unit ?? unitOfHead(heads[column] ?? '') };
    });
  }

  private readonly heldSenses = new Map<number, readonly Sense[]>();
  /** Its words of one group of opposites. */
  senses(group: number): readonly Sense[] {
    const held = this.heldSenses.get(group);
    if (held) return held;
    const read = sensesOf(`${this.lead} ${this.plain}`, group);
    this.heldSenses.set(group, read);
    return read;
  }

  /** With the head of its table, as somebody reads it. */
  get whole(): string {
    return this.isRow && this.lead ? `${this.lead}\n${this.plain}` : this.plain;
  }

  private heldAnchored: readonly Anchored[] | undefined;
  get anchored(): readonly Anchored[] {
    return (this.heldAnchored ??= readAnchored(this.plain));
  }

  private heldClauses: readonly EvidenceClause[] | undefined;
  get clauses(): readonly EvidenceClause[] {
    return (this.heldClauses ??= clausesOf(this.plain, withoutQuantities(this.plain, this.quantities)));
  }

  private heldKey: string | undefined;
  /** Lower case without blanks: what names are looked for in. */
  get key(): string {
    return (this.heldKey ??= keyOf(this.isRow ? `${this.lead} ${this.plain}` : this.plain));
  }
}

export interface Evidence {
  readonly units: readonly EvidenceUnit[];
  /** Title and heading, for names. */
  readonly topicKey: string;
  readonly quantities: readonly Quantity[];
  readonly isChinese: boolean;
}

/** Units of a passage that are compared; passages are cut far below it. */
export const EVIDENCE_UNITS_MAX = 200;
const NONE: ReadonlySet<string> = new Set();
/** Numbers, and words that are compared as modality. */
const COMPARED_OTHERWISE = new Set([
  'must',
  'may',
  'can',
  'could',
  'shall',
  'should',
  '少于',
  '多于',
  '不得',
  '必须',
  '可以',
  '应当',
]);
const NUMBER = /^[\d.,:%-]+$/;

function isComparedOtherwise(term: string): boolean {
  return COMPARED_OTHERWISE.has(term) || (term.charCodeAt(0) < 0x3b && NUMBER.test(term));
}
const HAN = /\p{Script=Han}/u;

/** Reads a passage once for all the sentences that cite it. */
export function readEvidence(passage: PromptPassage): Evidence {
  const read = readPassage(passage, 0, EVIDENCE_UNITS_MAX, NONE);
  const topicText = plainText(`${passage.title} ${passage.heading}`);
  const topic = contentTerms(topicText);
  const units = read.units.map(({ text, block, terms }) => {
    const lead = block?.lead ? plainText(passage.content.slice(block.lead.start, block.lead.end)) : '';
    const isRow = block?.kind === 'table';
    const head = lead ? contentTerms(lead) : NONE;
    const context = new Set(isRow ? topic : [...topic, ...head]);
    return new EvidenceUnit(text, { terms: wordsOf(terms), context, head: isRow ? head : NONE, isRow, lead });
  });
  read.units.forEach(({ block }, at) => {
    // Prose goes on from sentence to sentence; rows and items stand for themselves.
    for (const near of block ? [] : [at - 1, at + 1]) {
      if (read.units[near]?.block) continue;
      for (const term of units[near]?.terms ?? NONE) units[at]?.context.add(term);
    }
  });
  return {
    units,
    topicKey: keyOf(topicText),
    quantities: readQuantities(topicText),
    isChinese: isChinese(passage.content),
  };
}

/** @param counted the same text with its quantities blanked, where their words shall not be terms */
export function clausesOf(plain: string, counted = plain): EvidenceClause[] {
  return readClauses(plain).map(({ text, ...clause }) => {
    return {
      ...clause,
      terms: contentTerms(counted.slice(clause.start, clause.end)),
      anchors: anchorsOf(clause),
    };
  });
}

/** Terms nearest to the negation. */
const ANCHORS = 2;

function anchorsOf({ denied }: Stance): string[] {
  return denied.flatMap(({ text, isBefore }) => {
    const terms = [...contentTerms(text)];
    return isBefore ? terms.slice(-ANCHORS) : terms.slice(0, ANCHORS);
  });
}

/** Terms that say something by themselves: numbers are compared as numbers. */
export function contentTerms(plain: string): ReadonlySet<string> {
  return wordsOf(analyze(plain));
}

function wordsOf(terms: Iterable<string>): ReadonlySet<string> {
  const words = new Set<string>();
  for (const term of terms) if (!isComparedOtherwise(term)) words.add(SAME[term] ?? term);
  return words;
}

/** The text with its quantities blanked: their words are compared as numbers. */
export function withoutQuantities(plain: string, quantities: readonly Quantity[]): string {
  let counted = plain;
  for (const { start, end } of quantities)
    counted = counted.slice(0, start) + ' '.repeat(end - start) + counted.slice(end);
  return counted;
}

export function isChinese(text: string): boolean {
  const sample = text.slice(0, 400);
  const han = sample.match(/\p{Script=Han}/gu)?.length ?? 0;
  return HAN.test(sample) && han * 4 > sample.replace(/\s/g, '').length;
}

/** Words that answers use for those of documents, by their stems. */
const SAME: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['employe', 'employee', 'staff', 'worker', 'personnel'],
    ['receiv', 'get', 'given', 'give', 'entitl', 'grant'],
    ['holiday', 'leav', 'vacat'],
    ['compani', 'employ', 'peilhaven'],
    ['buy', 'purchas', 'bought'],
    ['telephon', 'phone', 'call'],
    ['repair', 'fix'],
    ['begin', 'start'],
    ['end', 'finish', 'expir'],
    ['request', 'appli', 'ask'],
    ['submit', 'send', 'file'],
    ['answer', 'repli', 'respond', 'respons'],
    ['cost', 'price', 'fee', 'charg'],
    ['pay', 'paid', 'payment', 'reimburs'],
    ['ill', 'sick', 'sick'],
    ['wage', 'salari'],
    ['need', 'requir'],
    ['limit', 'maximum', 'most'],
    ['员工', '职工'],
    ['工资', '薪资', '薪水'],
    ['年休假', '年假'],
    ['申请', '提出'],
    ['电话', '致电', '拨打'],
    ['主管', '上级'],
    ['答复', '回复'],
    ['更换', '换'],
  ].flatMap(([first, ...others]) => others.map((other) => [other, first ?? other])),
);
