import { analyze } from '@lorekeep/kit/text';
import type { PromptPassage } from '../driver.js';
import { readPassage } from '../extractive/read-passage.js';
import { readSenses, type Sense } from './opposites.js';
import { plainText } from './plain-text.js';
import { readClauses, type Stance } from './read-clauses.js';
import { keyOf } from './read-names.js';
import { readQuantities, type Quantity } from './read-quantities.js';

/** A clause with the terms of its own. */
export interface EvidenceClause extends Stance {
  readonly terms: ReadonlySet<string>;
  /** The first terms that are denied in it. */
  readonly anchors: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** A sentence, an item or a row of a passage, with what it can be understood by. Read when it is asked for. */
export class EvidenceUnit {
  readonly plain: string;

  /** @param context terms of title, heading, table head and neighbours, which the unit may leave unsaid */
  constructor(
    text: string,
    readonly terms: ReadonlySet<string>,
    readonly context: Set<string>,
    private readonly lead: string,
    /** A row of a table: what stands in another row is about something else. */
    readonly isRow: boolean,
  ) {
    this.plain = plainText(text);
  }

  private heldQuantities: readonly Quantity[] | undefined;
  get quantities(): readonly Quantity[] {
    return (this.heldQuantities ??= readQuantities(this.plain));
  }

  private heldSenses: readonly Sense[] | undefined;
  get senses(): readonly Sense[] {
    return (this.heldSenses ??= readSenses(`${this.lead} ${this.plain}`));
  }

  private heldClauses: readonly EvidenceClause[] | undefined;
  get clauses(): readonly EvidenceClause[] {
    return (this.heldClauses ??= clausesOf(this.plain, withoutQuantities(this.plain, this.quantities)));
  }

  private heldKey: string | undefined;
  /** Lower case without blanks: what names are looked for in. */
  get key(): string {
    return (this.heldKey ??= keyOf(this.plain));
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
const NUMERIC = /^[\d.,:%-]+$/;
const HAN = /\p{Script=Han}/u;

/** Reads a passage once for all the sentences that cite it. */
export function readEvidence(passage: PromptPassage): Evidence {
  const read = readPassage(passage, 0, EVIDENCE_UNITS_MAX, NONE);
  const topicText = plainText(`${passage.title} ${passage.heading}`);
  const topic = contentTerms(topicText);
  const units = read.units.map(({ text, block, terms }) => {
    const lead = block?.lead ? plainText(passage.content.slice(block.lead.start, block.lead.end)) : '';
    return new EvidenceUnit(
      text,
      wordsOf(terms),
      new Set(lead ? [...topic, ...contentTerms(lead)] : topic),
      lead,
      block?.kind === 'table',
    );
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
      anchors: anchorsOf(clause.denied, text),
    };
  });
}

/** Terms nearest to the negation. */
const ANCHORS = 2;

function anchorsOf(denied: string, text: string): string[] {
  if (denied === '') return [];
  const terms = [...contentTerms(denied)];
  return text.startsWith(denied) ? terms.slice(-ANCHORS) : terms.slice(0, ANCHORS);
}

/** Terms that say something by themselves: numbers are compared as numbers. */
export function contentTerms(plain: string): ReadonlySet<string> {
  return wordsOf(analyze(plain));
}

function wordsOf(terms: Iterable<string>): ReadonlySet<string> {
  const words = new Set<string>();
  for (const term of terms) if (!NUMERIC.test(term)) words.add(SAME[term] ?? term);
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
    ['need', 'requir', 'must'],
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
