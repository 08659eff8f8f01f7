import type { InspectedQuestion } from '../3-firewall/inspect-question.step.js';
import type { FoundPassage } from '../ports.js';
import type { Question } from '../question.js';

/** What the firewall puts in the place of a secret: `⟦secret:1⟧`. */
const PLACEHOLDER = /⟦[a-z-]{1,40}:\d{1,6}⟧/g;

/** What may be put back into the answer to one question. */
export interface TypedSecrets {
  /** By placeholder. */
  readonly originals: ReadonlyMap<string, string>;
  /** What the caller wrote, with the placeholders in it. */
  readonly typed: string;
}

/**
 * What the firewall took out of the caller's own words: neither of an instruction to the model nor of what a tool
 * said, which the caller need not know. A placeholder that stands in another text as well (an earlier question, a
 * document) may mean another secret there, and is left as it is. Null where there is none.
 */
export function typedSecrets(
  question: Question,
  { messages, verdict }: InspectedQuestion,
  passages: readonly FoundPassage[],
): TypedSecrets | null {
  if (verdict.redactions.length === 0) return null;
  const typed = messages.flatMap(({ role, content }) => (role === 'user' ? [content] : [])).join('\n');
  const written = placeholdersIn([typed]);
  const ambiguous = placeholdersIn([
    ...question.messages.flatMap(({ content, toolCalls = [] }) => [
      content,
      ...toolCalls.map((call) => call.arguments),
    ]),
    question.instructions ?? '',
    ...passages.flatMap(({ title, heading, content }) => [title, heading, content]),
  ]);
  const originals = new Map(
    verdict.redactions
      .filter(({ placeholder }) => written.has(placeholder) && !ambiguous.has(placeholder))
      .map(({ placeholder, original }) => [placeholder, original]),
  );
  return originals.size === 0 ? null : { originals, typed };
}

function placeholdersIn(texts: readonly string[]): Set<string> {
  return new Set(texts.flatMap((text) => text.match(PLACEHOLDER) ?? []));
}
