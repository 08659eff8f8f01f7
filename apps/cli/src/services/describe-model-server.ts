import type { Environment } from '../command-context.js';

/** A start should not wait for a server that is switched off. */
const ANSWER_TIMEOUT_MS = 2000;

/**
 * One sentence when a model server named by INFERENCE_URL does not answer as it should; nothing when it does, when
 * none is named, or when the address is not one (the gateway says so). Never throws: Lorekeep starts without it.
 */
export async function describeModelServer(
  environment: Environment,
  timeoutMs = ANSWER_TIMEOUT_MS,
): Promise<string | undefined> {
  const given = (environment['INFERENCE_URL'] ?? '').split(',').map((url) => url.trim());
  const described = await Promise.all(given.map((url) => describeOne(url, environment, timeoutMs)));
  return described.find((sentence) => sentence !== undefined);
}

async function describeOne(
  given: string,
  environment: Environment,
  timeoutMs: number,
): Promise<string | undefined> {
  if (!/^https?:/.test(given) || !URL.canParse(given)) return undefined;
  const { origin, pathname } = new URL(given);
  // As the gateway asks: with or without /v1 at the end. A password in the address is not shown.
  const base = `${origin}${pathname.replace(/\/+$/, '').replace(/\/v1$/, '')}`;
  const key = environment['INFERENCE_API_KEY'];
  try {
    const response = await fetch(`${base}/v1/models`, {
      headers: key ? { authorization: `Bearer ${key}` } : {},
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    if (response.ok) return undefined;
    const cause = [401, 403].includes(response.status) ? 'INFERENCE_API_KEY' : 'INFERENCE_URL';
    return `Warning: the model server at ${base} answers ${response.status} (check ${cause}): answers are quotations until it is well`;
  } catch {
    return `Warning: the model server at ${base} (INFERENCE_URL) does not answer: answers are quotations until it does`;
  }
}
