import type { ChatMessage } from '@lorekeep/question-path';

/** Earlier messages that go to the model with a question, newest kept. */
const HISTORY_MESSAGES = 10;
/** … and their text together, in UTF-16 units. */
const HISTORY_TEXT = 24_000;

interface StoredMessage {
  role: 'user' | 'assistant';
  content: string;
  outcome: string | null;
}

interface SourcedMessage extends StoredMessage {
  documentIds: readonly string[];
}

/** What goes to the model with a question, and the documents that the answers in it rest on. */
export function historyWithSources(messages: readonly SourcedMessage[]): {
  messages: ChatMessage[];
  documentIds: string[];
} {
  const kept = newest(messages);
  return {
    messages: kept.flatMap(toChat),
    documentIds: [...new Set(kept.flatMap(({ answer }) => answer.documentIds))],
  };
}

/** Questions that were answered, with their answers, oldest first; refused and broken ones are left out. */
export function historyOf(messages: readonly StoredMessage[]): ChatMessage[] {
  return newest(messages).flatMap(toChat);
}

function newest<T extends StoredMessage>(messages: readonly T[]): { question: T; answer: T }[] {
  const kept: { question: T; answer: T }[] = [];
  let size = 0;
  for (let index = messages.length - 1; index > 0 && kept.length * 2 < HISTORY_MESSAGES; index--) {
    const answer = messages[index];
    const question = messages[index - 1];
    if (answer?.role !== 'assistant' || question?.role !== 'user' || answer.outcome !== 'answered') continue;
    size += answer.content.length + question.content.length;
    if (size > HISTORY_TEXT) break;
    kept.unshift({ question, answer });
  }
  return kept;
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
