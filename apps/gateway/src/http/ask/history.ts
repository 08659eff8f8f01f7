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

/** Questions that were answered, with their answers, oldest first; refused and broken ones are left out. */
export function historyOf(messages: readonly StoredMessage[]): ChatMessage[] {
  const kept: ChatMessage[] = [];
  let size = 0;
  for (let index = messages.length - 1; index > 0 && kept.length < HISTORY_MESSAGES; index--) {
    const answer = messages[index];
    const question = messages[index - 1];
    if (answer?.role !== 'assistant' || question?.role !== 'user' || answer.outcome !== 'answered') continue;
    size += answer.content.length + question.content.length;
    if (size > HISTORY_TEXT) break;
    kept.unshift(
      { role: 'user', content: question.content },
      { role: 'assistant', content: withoutMarks(answer.content) },
    );
  }
  return kept;
}

/** Citation numbers of an earlier answer name other passages than those of this one. */
function withoutMarks(content: string): string {
  return content.replace(/ ?\[\d{1,3}\]/g, '');
}
