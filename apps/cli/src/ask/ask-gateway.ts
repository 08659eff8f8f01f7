import { problem } from '@lorekeep/contracts';
import { CliError } from '../cli.errors.js';
import { EXIT } from '../exit-codes.js';
import { plainText } from '../terminal/plain-text.js';
import { addEvent, emptyAnswer, type Answer } from './collect-answer.js';
import { readEvents } from './read-events.js';

export interface AskOptions {
  readonly url: string;
  readonly token: string;
  readonly question: string;
  readonly signal: AbortSignal;
  /** Receives the text as it comes. */
  readonly write: (text: string) => void;
}

/** The token was refused: it was revoked, or has expired. */
export class TokenRefused extends CliError {
  constructor() {
    super('The local token was refused.');
  }
}

/** The gateway cannot be reached; it may have been stopped meanwhile. */
export class GatewayGone extends CliError {}

/** Asks over HTTP like any other client. A refusal is part of the answer; what is no answer at all is thrown. */
export async function askGateway(options: AskOptions): Promise<Answer> {
  const response = await post(options);
  if (response.status === 401) throw new TokenRefused();
  if (!response.ok || !response.body) throw await problemOf(response);
  const answer = emptyAnswer();
  try {
    for await (const event of readEvents(response.body)) {
      if (event.kind === 'text' && event.channel === 'content') options.write(plainText(event.text));
      addEvent(answer, event);
    }
  } catch (cause) {
    if (options.signal.aborted) throw cause;
    throw new CliError(
      'The connection to the gateway broke off before the answer was complete.',
      EXIT.FAILED,
      { cause },
    );
  }
  return answer;
}

async function post({ url, token, question, signal }: AskOptions): Promise<Response> {
  try {
    return await fetch(`${url}/api/ask`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'text/event-stream',
      },
      body: JSON.stringify({ question }),
      signal,
    });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new GatewayGone(`The gateway at ${url} does not answer.`, EXIT.FAILED, { cause });
  }
}

async function problemOf(response: Response): Promise<CliError> {
  const body = problem.partial().safeParse(await response.json().catch(() => ({})));
  const { detail, title, retryAfter, errors } = body.success ? body.data : {};
  const fields = errors?.map((error) => `${error.path} ${error.message}`).join('; ');
  const text = [detail ?? title ?? `The gateway answered ${response.status}.`, fields]
    .filter(Boolean)
    .join(' ');
  const wait = retryAfter === undefined ? '' : ` (again in ${retryAfter} s)`;
  const refused = [403, 422, 429].includes(response.status);
  return new CliError(plainText(text) + wait, refused ? EXIT.REFUSED : EXIT.FAILED);
}
