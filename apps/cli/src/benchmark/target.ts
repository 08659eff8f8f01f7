/** One door that is measured. */
export interface Target {
  readonly label: string;
  /** Without a slash at the end and without /v1. */
  readonly url: string;
  /** direct = a model server; through = a Lorekeep gateway. */
  readonly kind: 'direct' | 'through';
  readonly key: string | undefined;
}

/** What one request asks for. */
export interface Ask {
  readonly model: string;
  readonly prompt: string;
  readonly outputTokens: number;
  readonly temperature: number;
  /** Let the model stop where it wants to, and keep what it says. */
  readonly free?: boolean;
  /** Let it end where it wants to: the engine cannot be made to go on. */
  readonly ownEnd?: boolean;
}

export interface AskShape {
  readonly endpoint: 'chat' | 'completions';
  readonly documents: 'none' | 'auto';
}

/** Path and body. The gateway takes chat alone, knows no `ignore_eos` and searches documents unless told not to. */
export function requestOf(target: Target, ask: Ask, shape: AskShape): { path: string; body: string } {
  const common = {
    model: ask.model,
    max_tokens: ask.outputTokens,
    temperature: ask.temperature,
    stream: true,
    stream_options: { include_usage: true },
  };
  const messages = [{ role: 'user', content: ask.prompt }];
  if (target.kind === 'through') {
    const body = { ...common, messages, lorekeep: { documents: shape.documents } };
    return { path: '/v1/chat/completions', body: JSON.stringify(body) };
  }
  const direct = ask.free || ask.ownEnd ? common : { ...common, ignore_eos: true };
  if (shape.endpoint === 'chat' || ask.free)
    return { path: '/v1/chat/completions', body: JSON.stringify({ ...direct, messages }) };
  return { path: '/v1/completions', body: JSON.stringify({ ...direct, prompt: ask.prompt }) };
}
