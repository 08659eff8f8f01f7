import { randomBytes } from 'node:crypto';
import { dominantLanguage } from '@lorekeep/kit/text';
import { questionOf, type AnswerRequest, type ChatMessage, type PromptPassage } from '../driver.js';
import { LANGUAGE_LINE, NO_DOCUMENTS, systemPrompt } from './prompt-texts.js';

/**
 * The messages for the model. With documents: our instructions first (those of the calling application below
 * them), the history, and the last user message preceded by the passages as data between tags whose name nobody can
 * guess. Without documents the messages go as they are.
 *
 * @param newBoundary 12 or more characters of a-z and 0-9 that do not occur in any passage
 */
export function buildPrompt(
  request: AnswerRequest,
  newBoundary: () => string = randomBoundary,
): ChatMessage[] {
  if (request.documents === 'none') return [...request.messages];
  const application = request.messages
    .filter((message) => message.role === 'system')
    .map((message) => message.content)
    .join('\n\n');
  const conversation = request.messages.filter((message) => message.role !== 'system');
  const system: ChatMessage = { role: 'system', content: systemPrompt(request.task, application) };
  const at = conversation.findLastIndex((message) => message.role === 'user');
  const question = questionOf(request);
  const asked: ChatMessage = { role: 'user', content: withDocuments(request, question, newBoundary) };
  if (at < 0) return [system, ...conversation, asked];
  return [system, ...conversation.slice(0, at), asked, ...conversation.slice(at + 1)];
}

function withDocuments(request: AnswerRequest, question: string, newBoundary: () => string): string {
  const { passages } = request;
  const boundary = unusedBoundary([question, ...passages.map(wholeText)], newBoundary);
  const documents =
    passages.length === 0
      ? NO_DOCUMENTS
      : passages.map((passage) => asData(passage, `document-${boundary}`)).join('\n\n');
  const title = request.task === 'draft' ? "Customer's message" : 'Question';
  const asked =
    request.task === 'draft' ? `<message-${boundary}>\n${question}\n</message-${boundary}>` : question;
  return `${documents}\n\n${title} (${LANGUAGE_LINE[dominantLanguage(question)]})\n${asked}`;
}

function asData(passage: PromptPassage, tag: string): string {
  const facts = [`number="${passage.number}"`, `title="${inAttribute(passage.title)}"`];
  if (passage.heading) facts.push(`section="${inAttribute(passage.heading)}"`);
  if (passage.page !== null) facts.push(`page="${passage.page}"`);
  return `<${tag} ${facts.join(' ')}>\n${passage.content}\n</${tag}>`;
}

/** Titles come from documents too: they must not end the attribute or the line. */
function inAttribute(text: string): string {
  return text
    .replace(/[\s"<>]+/g, ' ')
    .trim()
    .slice(0, 200);
}

function wholeText(passage: PromptPassage): string {
  return `${passage.title}\n${passage.heading}\n${passage.content}`;
}

function unusedBoundary(texts: readonly string[], newBoundary: () => string): string {
  for (let tries = 0; tries < 10; tries++) {
    const boundary = newBoundary();
    if (!texts.some((text) => text.includes(boundary))) return boundary;
  }
  throw new Error('no boundary could be found that the documents do not contain');
}

function randomBoundary(): string {
  return randomBytes(8).toString('hex');
}
