import { CliError } from '../cli.errors.js';
import type { HttpClient } from './http-client.js';
import type { Target } from './target.js';

const ANSWER_MS = 10_000;

const CONNECTION: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the host is unknown',
  EAI_AGAIN: 'the host is unknown',
  ECONNRESET: 'the connection was reset; is it https?',
  ETIMEDOUT: 'it does not answer',
};

/** The models that a door offers. Throws a CliError with what can be put right. */
export async function modelsOf(target: Target, client: HttpClient, signal: AbortSignal): Promise<string[]> {
  const { url, label, kind } = target;
  const at = `${label} (${url})`;
  let answer: { status: number; text: string };
  try {
    answer = await client.ask(`${url}/v1/models`, { key: target.key, signal, timeoutMs: ANSWER_MS });
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new CliError(`${at} cannot be reached: ${CONNECTION[code] ?? message}.`);
  }
  if (answer.status === 401 || answer.status === 403)
    throw new CliError(
      kind === 'through'
        ? `${at} refuses the key (${answer.status}): give an API key of the gateway that may ask, with --key-env NAME or --key.`
        : `${at} refuses the key (${answer.status}): give the model server's key with --direct-key-env NAME.`,
    );
  const models = answer.status === 200 ? idsOf(answer.text) : undefined;
  if (!models)
    throw new CliError(
      `${at} is no OpenAI-compatible server: GET /v1/models answered ${answer.status}. The address is given without /v1.`,
    );
  return models;
}

function idsOf(text: string): string[] | undefined {
  try {
    const { data } = JSON.parse(text) as { data: { id: string }[] };
    return data.map(({ id }) => id);
  } catch {
    return undefined;
  }
}
