import { EARLIER_LIMIT } from '@lorekeep/contracts';
import type { ChatMessage } from '@lorekeep/question-path';

/** Earlier messages that go to the model with a question, newest kept: their text together, in UTF-16 units. */
const HISTORY_TEXT = 24_000;

interface StoredMessage {
  role: 'user' | 'assistant';
  content: string;
  outcome: string | null;
}

interface SourcedMessage extends StoredMessage {
  documentIds: readonly string[];
}

/**
 * What goes to the model with a question, how many older turns do not, and the documents its answers rest on.
 *
 * @param wanted turns, where the person has chosen: beyond them nothing counts as left out
 */
export function historyWithSources(
  messages: readonly SourcedMessage[],
  wanted?: number,
): {
  messages: ChatMessage[];
  leftOut: number;
  documentIds: string[];
} {
  const { kept, leftOut } = newest(messages, wanted);
  return {
    messages: kept.flatMap(toChat),
    leftOut,
    documentIds: [...new Set(kept.flatMap(({ answer }) => answer.documentIds))],
  };
}

/** Questions that were answered, with their answers, oldest first; refused and broken ones are left out. */
export function historyOf(messages: readonly StoredMessage[]): ChatMessage[] {
  return newest(messages).kept.flatMap(toChat);
}

interface Turn<T> {
  question: T;
  answer: T;
}

/** Turns without a gap from the newest on, oldest first, and how many older ones there are. */
function newest<T extends StoredMessage>(
  messages: readonly T[],
  wanted = Infinity,
): { kept: Turn<T>[]; leftOut: number } {
  const kept: Turn<T>[] = [];
  let leftOut = 0;
  let size = 0;
  for (let index = messages.length - 1; index > 0 && kept.length + leftOut < wanted; index--) {
    const answer = messages[index];
    const question = messages[index - 1];
    if (answer?.role !== 'assistant' || question?.role !== 'user' || answer.outcome !== 'answered') continue;
    size += answer.content.length + question.content.length;
    const isFull = leftOut > 0 || kept.length >= EARLIER_LIMIT || size > HISTORY_TEXT;
    if (isFull) leftOut += 1;
    else kept.unshift({ question, answer });
  }
  return { kept, leftOut };
}

function toChat({ question, answer }: { question: StoredMessage; answer: StoredMessage }): ChatMessage[] {
  return [
    { role: 'user', content: question.content },
    { role: 'assistant', content: withoutMarks(answer.content) },
  ];
}

/** Citation numbers of an earlier answer name other passages than those of this one. */
function withoutMarks(content: string): string {
  return content.replace(/ ?\[\d{1,3}\]/g, '');
}
