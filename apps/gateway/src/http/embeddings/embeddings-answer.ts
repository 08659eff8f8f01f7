import type { PathEvent, Usage } from '@lorekeep/question-path';

export type Encoding = 'float' | 'base64';

/** Gathers vectors, and writes them as OpenAI's list, vector by vector: all of them as one text would be long. */
export class EmbeddingsAnswer {
  private readonly vectors: Float32Array[] = [];

  constructor(
    private readonly model: string,
    private readonly encoding: Encoding,
    private readonly reference: string,
  ) {}

  take(event: PathEvent): void {
    if (event.kind === 'vector') this.vectors[event.choice] = event.values;
  }

  *toBody({ promptTokens }: Usage): Generator<string> {
    yield '{"object":"list","data":[';
    for (const [index, values] of this.vectors.entries()) {
      const embedding = this.encoding === 'base64' ? base64Of(values) : JSON.stringify([...values]);
      yield `${index === 0 ? '' : ','}{"object":"embedding","index":${index},"embedding":${embedding}}`;
    }
    const { model, reference } = this;
    const usage = { prompt_tokens: promptTokens, total_tokens: promptTokens };
    yield `],${JSON.stringify({ model, usage, lorekeep: { reference } }).slice(1)}`;
  }
}

/** Little-endian float32, whatever this machine's order is. */
function base64Of(values: Float32Array): string {
  const bytes = Buffer.allocUnsafe(values.length * 4);
  for (let at = 0; at < values.length; at += 1) bytes.writeFloatLE(values[at] ?? 0, at * 4);
  return JSON.stringify(bytes.toString('base64'));
}
