/** `/v1/embeddings` of `vllm serve --runner pooling`: the same text has the same vector, similar ones similar vectors. */
import { createHash, randomBytes } from 'node:crypto';
import { textOf, tokensOf } from './answer.mjs';
import { errorBody, tooLong, validationError } from './shapes.mjs';

/** Of the fake's model, which can shorten its vectors. */
const DIMENSIONS = 16;

/** The answer to a request: status and body. */
export function embeddingsOf(body, options) {
  if (!options.models.includes(body.model) && !String(body.model).startsWith('fault-'))
    return refused(errorBody(404, `The model \`${body.model}\` does not exist.`, 'NotFoundError', 'model'));
  if (body.input === undefined) return refused(validationError('input', 'Field required', body));
  const { dimensions = DIMENSIONS } = body;
  if (dimensions > DIMENSIONS)
    return refused(errorBody(400, `Dimensions must not be greater than ${DIMENSIONS}.`));
  const texts = [body.input].flat();
  const counts = texts.map((text) => tokensOf(textOf(text)).length + 1);
  const longest = Math.max(...counts);
  if (longest > options.maxModelLen) return refused(tooLong(options.maxModelLen, 0, longest));
  const prompt = counts.reduce((sum, count) => sum + count, 0);
  const answer = {
    id: `embd-${randomBytes(8).toString('hex')}`,
    object: 'list',
    created: Math.floor(Date.now() / 1000),
    model: body.model,
    data: texts.map((text, index) => ({
      index,
      object: 'embedding',
      embedding: encoded(vectorOf(text, dimensions), body.encoding_format),
    })),
    usage: {
      prompt_tokens: prompt,
      total_tokens: prompt,
      completion_tokens: 0,
      prompt_tokens_details: null,
    },
  };
  return { status: 200, body: answer };
}

function refused(body) {
  return { status: body.error.code, body };
}

/** Words fall into the places that their hashes say; length 1, as pooling models give them. */
function vectorOf(text, dimensions) {
  const vector = new Float32Array(dimensions);
  for (const token of tokensOf(textOf(text))) {
    const hash = createHash('sha256').update(token.trim().toLowerCase()).digest();
    vector[hash[0] % dimensions] += hash[1] % 2 === 0 ? 1 : -1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

function encoded(vector, format = 'float') {
  return format === 'base64' ? Buffer.from(vector.buffer).toString('base64') : [...vector];
}
