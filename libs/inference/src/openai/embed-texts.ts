import type { CallContext } from '@lorekeep/kit/context';
import type { AnswerEvent, AnswerRequest } from '../driver.js';
import { InferenceFault } from '../inference.errors.js';
import { estimateTokens } from '../prompt/estimate-tokens.js';
import { readVectors, type ReadVectors } from './read-vectors.js';
import { readBody, type Upstream } from './upstream.js';

/** Texts of one request to the server: its answer (4,096 numbers a vector, in base64) stays below two megabytes. */
export const TEXTS_AT_ONCE = 64;

/** Lower runs earlier, where the server schedules by priority: as for programs that chat. */
const PRIORITY = 10;

/**
 * Vectors of the messages, one choice for each. Nothing is said before all of them are there: another replica may be
 * asked until then. @throws InferenceFault
 */
export async function* embedTexts(
  ctx: CallContext,
  request: AnswerRequest,
  upstream: Upstream,
  salt: string,
): AsyncGenerator<AnswerEvent, void, void> {
  const texts = request.messages.map(({ content }) => content);
  const vectors: Float32Array[] = [];
  let promptTokens = 0;
  let isEstimated = false;
  for (let at = 0; at < texts.length; at += TEXTS_AT_ONCE) {
    const part = texts.slice(at, at + TEXTS_AT_ONCE);
    const read = await embedPart(ctx, request, part, upstream, salt);
    vectors.push(...read.vectors);
    isEstimated ||= read.promptTokens === null;
    promptTokens += read.promptTokens ?? part.reduce((sum, text) => sum + estimateTokens(text), 0);
  }
  if (new Set(vectors.map(({ length }) => length)).size !== 1) throw new InferenceFault('INFERENCE_BROKEN');
  yield { kind: 'model', model: request.model, driver: 'openai-compatible' };
  for (const [choice, values] of vectors.entries()) {
    yield { kind: 'vector', choice, values };
    yield { kind: 'finish', choice, reason: 'stop' };
  }
  yield { kind: 'usage', promptTokens, completionTokens: 0, estimated: isEstimated };
}

async function embedPart(
  ctx: CallContext,
  { model, embed }: AnswerRequest,
  input: readonly string[],
  upstream: Upstream,
  salt: string,
): Promise<ReadVectors> {
  // Field by field, as for answers: vLLM honours dangerous ones.
  const body = JSON.stringify({
    model,
    input,
    encoding_format: 'base64',
    dimensions: embed?.dimensions,
    priority: PRIORITY,
    cache_salt: salt,
  });
  const call = await upstream.open(ctx, upstream.request('POST', '/v1/embeddings', body, ctx.traceId), true);
  try {
    const answer = await readBody(call);
    return readVectors(JSON.parse(answer), input.length);
  } catch (error) {
    // The parser's message quotes what it read.
    throw error instanceof InferenceFault ? error : new InferenceFault('INFERENCE_BROKEN');
  } finally {
    call.close();
  }
}
