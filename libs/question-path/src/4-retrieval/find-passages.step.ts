import type { CallContext } from '@lorekeep/kit/context';
import { within } from '@lorekeep/kit/stream';
import type { QuestionPathLimits } from '../limits.js';
import type { FirewallPort, FoundPassage, SearchPort } from '../ports.js';
import type { ChatMessage, Question } from '../question.js';

export interface Found {
  readonly passages: readonly FoundPassage[];
  /** Better matches that this caller may not read: counted for the audit, never told to the caller. */
  readonly withheld: number;
  /** Ids of passages that the firewall's document rules kept back. */
  readonly screenedOut: readonly string[];
}

export const NOTHING: Found = { passages: [], withheld: 0, screenedOut: [] };

/** Step 4: passages that the caller may read, best first, each screened before a model may see it. */
export async function findPassages(
  ctx: CallContext,
  question: Question,
  messages: readonly ChatMessage[],
  ports: { search: SearchPort; firewall: FirewallPort },
  limits: QuestionPathLimits & { passages: number },
): Promise<Found> {
  const text = lastUserText(messages);
  if (question.documents === 'none' || text.trim() === '') return NOTHING;
  const query = {
    text,
    k: limits.passages,
    ...(question.collectionIds?.length ? { collectionIds: question.collectionIds } : {}),
  };
  const found = await within('retrieval', limits.QUESTION_SEARCH_TIMEOUT_MS, ports.search.run(ctx, query));
  const passages: FoundPassage[] = [];
  const screenedOut: string[] = [];
  for (const passage of found.passages.slice(0, limits.passages)) {
    const screening = ports.firewall.screenDocument(ctx, passage.content);
    const verdict = await within('firewall', limits.QUESTION_CHECK_TIMEOUT_MS, screening);
    const clean = verdict.texts[0];
    if (verdict.action === 'refuse' || clean === undefined) screenedOut.push(passage.id);
    else passages.push({ ...passage, content: clean });
  }
  return { passages, withheld: found.withheld, screenedOut };
}

/** The question that is searched for: the last message that a person wrote. */
export function lastUserText(messages: readonly ChatMessage[]): string {
  return messages.findLast((message) => message.role === 'user')?.content ?? '';
}
