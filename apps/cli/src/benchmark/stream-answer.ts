import type { IncomingMessage } from 'node:http';
import type { AnswerRecord, Failure } from './answer-record.js';
import { headersOf, type HttpClient } from './http-client.js';
import { AnswerReader } from './read-answer.js';
import { requestOf, type Ask, type AskShape, type Target } from './target.js';

export interface StreamParts {
  readonly client: HttpClient;
  readonly now: () => number;
  readonly shape: AskShape;
  /** Of the whole answer. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Asks once and reads the stream to its end. Never throws; nothing when the run was interrupted meanwhile. */
export function streamAnswer(
  target: Target,
  ask: Ask,
  parts: StreamParts,
): Promise<AnswerRecord | undefined> {
  const { client, now, shape, timeoutMs, signal } = parts;
  if (signal.aborted) return Promise.resolve(undefined);
  const { path, body } = requestOf(target, ask, shape);
  const reader = new AnswerReader(now(), now, ask.free === true);
  return new Promise((done) => {
    const request = client.open(`${target.url}${path}`, {
      method: 'POST',
      headers: headersOf(target.key, body),
      signal,
    });
    const timer = setTimeout(() => {
      reader.fail('timeout', `no end after ${timeoutMs / 1000} s`);
      request.destroy();
    }, timeoutMs);
    const end = (): void => {
      clearTimeout(timer);
      done(signal.aborted ? undefined : reader.record());
    };
    request.once('error', (error) => {
      reader.fail('connection', error.message);
      end();
    });
    request.once('response', (response) => void readResponse(response, reader).then(end));
    request.end(body);
  });
}

async function readResponse(response: IncomingMessage, reader: AnswerReader): Promise<void> {
  const status = response.statusCode ?? 0;
  response.setEncoding('utf8');
  let refusal = '';
  try {
    for await (const piece of response as AsyncIterable<string>) {
      if (status === 200) reader.take(piece);
      else if (refusal.length < 2_000) refusal += piece;
    }
  } catch (error) {
    reader.fail('connection', error instanceof Error ? error.message : String(error));
  }
  if (status !== 200) reader.fail(failureOf(status), `${status} ${refusal}`);
}

function failureOf(status: number): Failure {
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 404) return 'not-found';
  if (status === 429) return 'too-many';
  if (status === 503) return 'busy';
  if (status >= 500) return 'server-error';
  return status >= 400 ? 'bad-request' : 'garbage';
}
