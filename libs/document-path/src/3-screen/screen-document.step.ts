import type { CallContext } from '@lorekeep/kit/context';
import { within } from '@lorekeep/kit/stream';
import type { HiddenText, HiddenWhy } from '../2-parse/hidden-text.js';
import type { Block } from '../2-parse/parsed-document.js';
import type { DocumentScreen, ScreenVerdict } from '../ports.js';
import { excerptOf } from './describe-finding.js';

/** What the firewall looks at in one piece; every piece repeats the end of the one before, so that no pattern is cut. */
export const SCREEN_CHARACTERS = 20_000;
export const SCREEN_OVERLAP = 1_000;
/** A check that hangs refuses. */
const SCREEN_TIMEOUT_MS = 30_000;
/** An administrator who has seen these knows enough. */
export const FINDINGS_MAX = 20;

/** UTF-16 units beside a hit that are tried as a passage which alarms by itself, and the most of one. */
const AROUND = [100, 400, 900] as const;
export const PASSAGE_CHARACTERS = 2_000;
const WORD = 20;

/** What steers an assistant. In text that readers do not see, the mere suspicion of it is enough. */
const STEERING = new Set(['direct-injection', 'jailbreak', 'prompt-leak', 'document-instruction']);

/** What nobody is shown in order to judge it: its kind and place say enough. */
const WITHHELD = new Set(['secret', 'personal-data']);

/** Prose by its nature, though most readers never see it: what it says is judged as what they see. */
const DESCRIBING = new Set<HiddenWhy | null>(['properties', 'alternative', 'header']);

/** Why a document is held back: for administrators, since it quotes the document. */
export interface Finding {
  readonly category: string;
  /** Null: it stands in the text that readers see. */
  readonly hidden: HiddenWhy | null;
  readonly page: number | null;
  /** The heading, sheet or file in which it stands; `name` and `title` for those of the document. */
  readonly section: string | null;
  readonly excerpt: string;
  /** The least of the text around it that alarms by itself, for a test; null where that holds what nobody is shown. */
  readonly passage: string | null;
}

export interface Screening {
  readonly quarantine: boolean;
  /** In shadow mode: it would have been held back for what was found, and is not. */
  readonly shadow: boolean;
  /** Names of the categories that fired, for reason and audit; never text. */
  readonly categories: readonly string[];
  readonly findings: readonly Finding[];
}

export interface Screened {
  readonly fileName?: string;
  readonly title?: string | null;
  readonly blocks: readonly Block[];
  readonly hidden?: readonly HiddenText[];
}

type Place = Pick<Finding, 'hidden' | 'page' | 'section'>;
interface Piece {
  readonly text: string;
  /** Whether mere suspicion is enough: nobody had a reason to hide it. */
  readonly hidden: boolean;
  /** The place of what begins at a character of the text. */
  readonly placeOf: (at: number) => Place;
}

/** Step 3: a document that tries to steer the assistant does not reach the index. Throws when it cannot be screened. */
export async function screenDocument(
  ctx: CallContext,
  document: Screened,
  screen: DocumentScreen,
  timeoutMs = SCREEN_TIMEOUT_MS,
): Promise<Screening> {
  const categories = new Set<string>();
  const refusing = new Set<string>();
  const findings: Finding[] = [];
  let [quarantine, shadow] = [false, false];
  const alone: DocumentScreen = (of, text) => within('firewall', timeoutMs, screen(of, text));
  for (const piece of pieces(document)) {
    const verdict = await alone(ctx, piece.text);
    const against = holdingBack(verdict, piece.hidden);
    if (against && verdict.shadow === undefined) quarantine = true;
    else if (against) shadow = true;
    // A faint sign that was let through alone says nothing of a document.
    if (verdict.action !== 'allow') for (const { category } of verdict.hits) categories.add(category);
    for (const hit of against ?? []) {
      const { category, start = 0, end = 0 } = hit;
      refusing.add(category);
      const found = { ...piece.placeOf(start), category };
      if (isKnown(findings, found)) continue;
      findings.push({
        ...found,
        excerpt: WITHHELD.has(category) ? '' : excerptOf(piece.text, start, end),
        passage: await alarmingPassage(ctx, piece, hit, alone),
      });
    }
    if (against?.length === 0) refusing.add('unnamed');
  }
  return { quarantine, shadow, categories: [...(refusing.size > 0 ? refusing : categories)], findings };
}

/** The hits for which a document is held back, or would be; null where it is not. */
function holdingBack(verdict: ScreenVerdict, hidden: boolean): ScreenVerdict['hits'] | null {
  const { hits, shadow: action = verdict.action } = verdict;
  if (action === 'refuse') {
    const steering = hits.filter(({ category }) => STEERING.has(category));
    return steering.length > 0 ? steering : hits;
  }
  if (!hidden || action === 'allow') return null;
  const steering = hits.filter(({ category }) => STEERING.has(category));
  return steering.length > 0 ? steering : null;
}

/** One of each kind for a place, and no more than are looked at. */
function isKnown(findings: readonly Finding[], found: Place & { category: string }): boolean {
  const same = (one: Finding): boolean =>
    one.category === found.category &&
    one.hidden === found.hidden &&
    one.page === found.page &&
    one.section === found.section;
  return findings.length >= FINDINGS_MAX || findings.some(same);
}

/** Signs add up over some sentences: what stands around a hit is added until it alarms as it did. */
async function alarmingPassage(
  ctx: CallContext,
  { text, hidden }: Piece,
  { category, start = 0, end = start }: ScreenVerdict['hits'][number],
  screen: DocumentScreen,
): Promise<string | null> {
  for (const around of AROUND) {
    const passage = cutOut(text, start - around, Math.min(end + around, start + PASSAGE_CHARACTERS));
    const verdict = await screen(ctx, passage);
    if (verdict.hits.some((hit) => WITHHELD.has(hit.category))) return null;
    if (holdingBack(verdict, hidden)?.some((hit) => hit.category === category)) return passage;
  }
  return null;
}

/** Whole words, as far as there are spaces near its ends. */
function cutOut(text: string, from: number, to: number): string {
  const before = from <= 0 ? '' : text.slice(from - WORD, from);
  const after = to >= text.length ? '' : text.slice(to, to + WORD);
  const begin = Math.max(0, from - (/\S*$/.exec(before)?.[0].length ?? 0));
  return text
    .slice(begin, to + (/^\S*/.exec(after)?.[0].length ?? 0))
    .toWellFormed()
    .trim();
}

function* pieces({ fileName, title, blocks, hidden = [] }: Screened): Generator<Piece> {
  for (const [section, text] of [
    ['name', fileName?.replace(/\.\w{1,8}$/, '').replace(/[_-]+/g, ' ')],
    ['title', title],
  ] as const) {
    if (text?.trim()) yield named(text.slice(0, SCREEN_CHARACTERS), section);
  }
  yield* cut(visible(blocks), false);
  yield* cut(unseen(hidden), true);
}

const named = (text: string, section: string): Piece => ({
  text,
  hidden: false,
  placeOf: () => ({ hidden: null, page: null, section }),
});

interface Stretch extends Place {
  readonly text: string;
}

function* visible(blocks: readonly Block[]): Generator<Stretch> {
  let section: string | null = null;
  for (const block of blocks) {
    if (block.kind === 'heading') section = block.text;
    const text = block.kind === 'table' ? block.rows.map((row) => row.join(' ')).join('\n') : block.text;
    yield { text: `${text}\n`, hidden: null, page: block.page, section };
  }
}

/** Of one kind and place together: an order may be spread over several comments. */
function* unseen(hidden: readonly HiddenText[]): Generator<Stretch> {
  const kinds = new Map<string, HiddenText[]>();
  for (const one of hidden) {
    const key = `${one.why} ${one.page} ${one.section}`;
    const same = kinds.get(key);
    if (same) same.push(one);
    else kinds.set(key, [one]);
  }
  for (const same of kinds.values())
    for (const { text, why, page, section = null } of same)
      yield { text: `${text}\n\n`, hidden: why, page, section };
}

function* cut(stretches: Iterable<Stretch>, hidden: boolean): Generator<Piece> {
  let text = '';
  let marks: { from: number; place: Place }[] = [];
  let kind: HiddenWhy | null = null;
  const piece = (): Piece => {
    const [all, whole] = [marks, text.slice(0, SCREEN_CHARACTERS)];
    const placeOf = (at: number): Place =>
      (all.findLast(({ from }) => from <= at) ?? all[0])?.place ?? {
        hidden: null,
        page: null,
        section: null,
      };
    return { text: whole, hidden: hidden && !DESCRIBING.has(kind), placeOf };
  };
  for (const { text: more, hidden: why, page, section } of stretches) {
    // Kinds of hidden text do not add up: an odd comment beside an odd property is two oddities.
    if (hidden && why !== kind && text.trim() !== '') {
      yield piece();
      [text, marks] = ['', []];
    }
    kind = why;
    marks.push({ from: text.length, place: { hidden: why, page, section } });
    text += more;
    while (text.length >= SCREEN_CHARACTERS) {
      yield piece();
      const step = SCREEN_CHARACTERS - SCREEN_OVERLAP;
      text = text.slice(step);
      const last = marks.findLast(({ from }) => from <= step);
      marks = [
        ...(last ? [{ from: 0, place: last.place }] : []),
        ...marks.filter(({ from }) => from > step).map((mark) => ({ ...mark, from: mark.from - step })),
      ];
    }
  }
  if (text.trim() !== '') yield piece();
}
