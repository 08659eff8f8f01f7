import type { CallContext } from '@lorekeep/kit/context';
import { isVerdict } from '../3-firewall/read-verdict.js';
import { askPart } from '../ask-part.js';
import type { QuestionPathLimits } from '../limits.js';
import type { FirewallPort, FoundPassage, SearchPort } from '../ports.js';
import type { ChatMessage, Question, StepFacts } from '../question.js';
import { lied } from '../question-path.errors.js';
import type { SearchText } from './follow-up.js';

export interface Found {
  readonly passages: readonly FoundPassage[];
  /** Better matches that this caller may not read: counted for the audit, never told to the caller. */
  readonly withheld: number;
  /** Ids of passages that the firewall's document rules kept back. */
  readonly screenedOut: readonly string[];
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
  const screenedOut: string[] = [];
  for (const passage of found.passages.slice(0, limits.passages)) {
    const clean = await screenPassage(ctx, passage, ports.firewall, limits);
    if (clean) passages.push(clean);
    else screenedOut.push(passage.id);
  }
  const suggestion = await screenSuggestion(ctx, found, ports.firewall, limits);
  const { withheld, suggestionFrom = [] } = found;
  return {
    passages,
    withheld,
    screenedOut,
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
  const clean = await screenText(ctx, suggestion, firewall, limits);
  return clean === suggestion ? clean : null;
}

/** Everything of a passage that a model is shown, as it may be shown; null when the firewall keeps any of it back. */
async function screenPassage(
  ctx: CallContext,
  passage: FoundPassage,
  firewall: FirewallPort,
  limits: QuestionPathLimits,
): Promise<FoundPassage | null> {
  const screen = (text: string): Promise<string | null> => screenText(ctx, text, firewall, limits);
  const [title, heading, content] = [
    await screen(passage.title),
    await screen(passage.heading),
    await screen(passage.content),
  ];
  return title === null || heading === null || content === null
    ? null
    : { ...passage, title, heading, content };
}

async function screenText(
  ctx: CallContext,
  text: string,
  firewall: FirewallPort,
  limits: QuestionPathLimits,
): Promise<string | null> {
  if (text === '') return '';
  const verdict = await askPart('firewall', limits.QUESTION_CHECK_TIMEOUT_MS, () =>
    firewall.screenDocument(ctx, text),
  );
  if (!isVerdict(verdict)) throw lied('firewall', 'gave no verdict');
  return verdict.action === 'refuse' ? null : (verdict.texts[0] ?? null);
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
    passages.every((passage: FoundPassage) =>
      [
        passage?.id,
        passage?.documentId,
        passage?.title,
        passage?.heading,
        passage?.collection,
        passage?.content,
      ].every((text) => typeof text === 'string'),
    )
  );
}

/** The question that is searched for: the last message that a person wrote. */
export function lastUserText(messages: readonly ChatMessage[]): string {
  return messages.findLast((message) => message.role === 'user')?.content ?? '';
}
