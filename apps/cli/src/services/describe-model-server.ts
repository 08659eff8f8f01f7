import type { Environment } from '../command-context.js';

/** A start should not wait for a server that is switched off. */
const ANSWER_TIMEOUT_MS = 2000;
/** A list of models is short; what is longer is none. */
const LIST_LENGTH_MAX = 1_000_000;

/**
 * A sentence for each model server of INFERENCE_URL that does not answer as it should and for each model of
 * INFERENCE_MODELS that none of them lists, with what people get meanwhile; nothing when all is well, when none is
 * named, or when an address is not one (the gateway says so). Never throws: Lorekeep starts without them.
 */
export async function describeModelServers(
  environment: Environment,
  timeoutMs = ANSWER_TIMEOUT_MS,
): Promise<string[]> {
  const given = listOf(environment['INFERENCE_URL']).filter(
    (url) => /^https?:/.test(url) && URL.canParse(url),
  );
  const found = await Promise.all(given.map((url) => look(url, environment, timeoutMs)));
  const away = found.flatMap((one) => ('fault' in one ? [one.fault] : []));
  const sentences = away.map((fault) => `Warning: the model server at ${fault}`);
  if (away.length > 0)
    sentences.push(
      away.length === given.length
        ? 'Answers are quotations until a model server is well'
        : 'The other model servers answer until then',
    );
  const lists = found.flatMap((one) => ('models' in one ? [one.models] : []));
  // One that is away may have what the others do not.
  if (away.length > 0 || lists.length === 0) return sentences;
  const served = new Set(lists.flat());
  const missing = listOf(environment['INFERENCE_MODELS']).filter((name) => !served.has(name));
  const there = [...served].join(', ') || 'none';
  return missing.map(
    (name) => `Warning: no model server lists ${name} (INFERENCE_MODELS); there are: ${there}`,
  );
}

async function look(
  given: string,
  environment: Environment,
  timeoutMs: number,
): Promise<{ fault: string } | { models: string[] }> {
  const { origin, pathname } = new URL(given);
  // As the gateway asks: with or without /v1 at the end. A password in the address is not shown.
  const base = `${origin}${pathname.replace(/\/+$/, '').replace(/\/v1$/, '')}`;
  const key = environment['INFERENCE_API_KEY'];
  try {
    const response = await fetch(`${base}/v1/models`, {
      headers: key ? { authorization: `Bearer ${key}` } : {},
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    if (response.ok) return { models: namesOf(text) };
    const cause = [401, 403].includes(response.status) ? 'INFERENCE_API_KEY' : 'INFERENCE_URL';
    return { fault: `${base} answers ${response.status} (check ${cause})` };
  } catch {
    return { fault: `${base} (INFERENCE_URL) does not answer` };
  }
}

/** The names of `{ data: [{ id }] }`; none of what is something else. */
function namesOf(text: string): string[] {
  if (text.length > LIST_LENGTH_MAX) return [];
  try {
    const { data } = JSON.parse(text) as { data?: unknown };
    const ids = Array.isArray(data) ? data.map((row: { id?: unknown } | null) => row?.id) : [];
    return ids.filter((id) => typeof id === 'string');
  } catch {
    return [];
  }
}

function listOf(setting: string | undefined): string[] {
  return (setting ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
