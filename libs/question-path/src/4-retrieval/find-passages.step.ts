import type { CallContext } from '@lorekeep/kit/context';
import { isVerdict } from '../3-firewall/read-verdict.js';
import { askPart } from '../ask-part.js';
import type { QuestionPathLimits } from '../limits.js';
import type { FirewallPort, FoundPassage, SearchPort, Verdict } from '../ports.js';
import type { ChatMessage, Question, StepFacts } from '../question.js';
import { lied } from '../question-path.errors.js';
import type { SearchText } from './follow-up.js';

export interface ScreenedOut {
  readonly id: string;
  readonly documentId: string;
  readonly hits: Verdict['hits'];
}

export interface ReleasedPassage {
  readonly id: string;
  readonly hits: Verdict['hits'];
}

export interface Found {
  readonly passages: readonly FoundPassage[];
  /** Better matches that this caller may not read: counted for the audit, never told to the caller. */
  readonly withheld: number;
  /** Passages that the firewall's document rules kept back. */
  readonly screenedOut: readonly ScreenedOut[];
  /** Shown because of shadow mode: without it the firewall would have kept these back. */
  readonly shadowed: readonly ScreenedOut[];
  /** What the firewall would have kept back or changed, had an administrator not released the document. */
  readonly released: readonly ReleasedPassage[];
  /** Ids of passages that have a match of the scanner that stops answers: left out before a model sees them. */
  readonly scannedOut: readonly string[];
  /** Where nothing was found: the question with words that documents of the caller have. */
  readonly suggestion?: string;
  readonly suggestionFrom: readonly string[];
}

export const NOTHING: Found = {
  passages: [],
  withheld: 0,
  screenedOut: [],
  shadowed: [],
  released: [],
  scannedOut: [],
  suggestionFrom: [],
};

/** Step 4: passages that the caller may read, best first, each screened before a model may see it. */
export async function findPassages(
  ctx: CallContext,
  question: Question,
  { text, context }: SearchText,
  ports: { search: SearchPort; firewall: FirewallPort },
  limits: QuestionPathLimits & { passages: number },
): Promise<Found> {
  if (question.documents === 'none' || text.trim() === '') return NOTHING;
  const query = {
    text,
    k: limits.passages,
    ...(context === undefined ? {} : { context }),
    ...(question.collectionIds?.length ? { collectionIds: question.collectionIds } : {}),
  };
  const found = await askPart('retrieval', limits.QUESTION_SEARCH_TIMEOUT_MS, () =>
    ports.search.run(ctx, query),
  );
  if (!isFound(found)) throw lied('retrieval', 'gave no list of passages');
  const passages: FoundPassage[] = [];
  const screenedOut: ScreenedOut[] = [];
  const shadowed: ScreenedOut[] = [];
  const released: ReleasedPassage[] = [];
  for (const passage of found.passages.slice(0, limits.passages)) {
    const { clean, hits, shadow } = await screenPassage(ctx, passage, ports.firewall, limits);
    const named = { id: passage.id, documentId: passage.documentId, hits };
    if (passage.released) {
      passages.push(passage);
      if (hits.length > 0) released.push({ id: passage.id, hits });
    } else if (clean) passages.push(clean);
    else screenedOut.push(named);
    if (clean && shadow && !passage.released) shadowed.push(named);
  }
  const suggestion = await screenSuggestion(ctx, found, ports.firewall, limits);
  const { withheld, suggestionFrom = [] } = found;
  return {
    passages,
    withheld,
    screenedOut,
    shadowed,
    released,
    scannedOut: [],
    suggestionFrom,
    ...(suggestion ? { suggestion } : {}),
  };
}

/** What the caller is told: how many passages there are, and whether any was left out for its words. */
export function retrievalFacts({ passages, scannedOut }: Found): StepFacts {
  return { passages: passages.length, ...(scannedOut.length > 0 && { leftOut: scannedOut.length }) };
}

/** Its words come out of documents: one that the firewall would change is none. */
async function screenSuggestion(
  ctx: CallContext,
  { passages, suggestion }: Awaited<ReturnType<SearchPort['run']>>,
  firewall: FirewallPort,
  limits: QuestionPathLimits,
): Promise<string | null> {
  if (!suggestion || passages.length > 0) return null;
  const { clean } = await screenText(ctx, suggestion, firewall, limits);
  return clean === suggestion ? clean : null;
}

interface Screened<T> {
  /** As it may be shown; null when the firewall keeps any of it back. */
  readonly clean: T | null;
  /** Why it is kept back or changed, or would be. */
  readonly hits: Verdict['hits'];
  /** It goes on because of shadow mode. */
  readonly shadow: boolean;
}

/** Everything of a passage that a model is shown. */
async function screenPassage(
  ctx: CallContext,
  passage: FoundPassage,
  firewall: FirewallPort,
  limits: QuestionPathLimits,
): Promise<Screened<FoundPassage>> {
  const screen = (text: string): Promise<Screened<string>> => screenText(ctx, text, firewall, limits);
  const [title, heading, content] = [
    await screen(passage.title),
    await screen(passage.heading),
    await screen(passage.content),
  ];
  const all = [title, heading, content];
  const found = { hits: all.flatMap(({ hits }) => hits), shadow: all.some(({ shadow }) => shadow) };
  if (title.clean === null || heading.clean === null || content.clean === null)
    return { clean: null, ...found };
  const clean = { ...passage, title: title.clean, heading: heading.clean, content: content.clean };
  return { clean, ...found };
}

async function screenText(
  ctx: CallContext,
  text: string,
  firewall: FirewallPort,
  limits: QuestionPathLimits,
): Promise<Screened<string>> {
  if (text === '') return { clean: '', hits: [], shadow: false };
  const verdict = await askPart('firewall', limits.QUESTION_CHECK_TIMEOUT_MS, () =>
    firewall.screenDocument(ctx, text),
  );
  if (!isVerdict(verdict)) throw lied('firewall', 'gave no verdict');
  const clean = verdict.action === 'refuse' ? null : (verdict.texts[0] ?? null);
  const shadow = verdict.shadow === 'refuse';
  return { clean, hits: clean === text && !shadow ? [] : verdict.hits, shadow };
}

function isFound(found: Awaited<ReturnType<SearchPort['run']>>): boolean {
  if (typeof found !== 'object' || found === null) return false;
  const { passages, withheld, suggestion, suggestionFrom = [] } = found;
  return (
    Array.isArray(passages) &&
    Number.isInteger(withheld) &&
    (suggestion === undefined || typeof suggestion === 'string') &&
    Array.isArray(suggestionFrom) &&
    suggestionFrom.every((id: unknown) => typeof id === 'string') &&
    passages.every(
      (passage: FoundPassage) =>
        typeof passage?.released === 'boolean' &&
        [
          passage.id,
          passage.documentId,
          passage.title,
          passage.heading,
          passage.collection,
          passage.content,
        ].every((text) => typeof text === 'string'),
    )
  );
}

/** The question that is searched for: the last message that a person wrote. */
export function lastUserText(messages: readonly ChatMessage[]): string {
  return messages.findLast((message) => message.role === 'user')?.content ?? '';
}
