import { CHAT_TEXT_LIMIT, type EmbeddingsBody } from '@lorekeep/contracts';
import { RequestError } from '@lorekeep/kit/errors';
import type { Question } from '@lorekeep/question-path';

/** A request for embeddings as a question: every text of it is one message, screened like a question. */
export function toEmbeddingQuestion({ model, input, dimensions }: EmbeddingsBody): Question {
  const texts = [input].flat();
  if (!texts.every((text) => typeof text === 'string')) {
    throw invalid('Send texts: ids of tokens cannot be screened, so they are not taken.');
  }
  const size = texts.reduce((sum, text) => sum + text.length, 0);
  if (size > CHAT_TEXT_LIMIT) {
    throw invalid(`All texts together may have ${CHAT_TEXT_LIMIT} characters; these have ${size}.`);
  }
  return {
    door: 'embeddings',
    messages: texts.map((content) => ({ role: 'user', content })),
    documents: 'none',
    model,
    parameters: {},
    embed: typeof dimensions === 'number' ? { dimensions } : {},
  };
}

function invalid(message: string): RequestError {
  return new RequestError(400, 'INVALID_REQUEST', message, [{ path: 'input', message }]);
}
