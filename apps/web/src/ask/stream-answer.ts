import type { AskEvent } from '@lorekeep/contracts';
import { send, type RouteKey } from '../kit/call.js';
import { FrameBuffer } from '../kit/frame-buffer.js';
import { ApiProblem } from '../kit/problem.js';
import { readEvents } from '../kit/read-events.js';
import { applyEvent, isLive, type Answer } from './answer-state.js';
import { parseEvent } from './parse-event.js';

interface Request {
  route: Extract<RouteKey, 'POST /api/ask' | 'POST /api/drafts'>;
  body: unknown;
  signal: AbortSignal;
  answer: Answer;
  /** Called at most once a frame while text streams. */
  onChange: (answer: Answer) => void;
}

/**
 * Asks and follows the answer to its end; resolves with it, whatever the end is: a refusal, a broken connection and
 * being stopped are answers too. Only a session that has ended is thrown, since then nothing was asked.
 */
export async function streamAnswer({ route, body, signal, answer, onChange }: Request): Promise<Answer> {
  let state = answer;
  const buffer = new FrameBuffer<AskEvent>((events) => {
    for (const event of events) state = applyEvent(state, event, Date.now());
    onChange(state);
  });
  try {
    const response = await send(route, { body, signal }, 'text/event-stream');
    if (!response.body) throw new Error('no body');
    for await (const raw of readEvents(response.body)) {
      const event = parseEvent(raw);
      if (event) buffer.push(event);
    }
    buffer.flush();
    if (isLive(state)) state = endOfStream(state);
  } catch (error) {
    buffer.flush();
    if (error instanceof ApiProblem) {
      if (error.problem.status === 401) throw error;
      state = { ...state, phase: 'done', outcome: 'failed', endedAt: Date.now(), ...refusalOf(error) };
    } else if (isLive(state)) {
      state = signal.aborted
        ? { ...state, phase: 'cancelled', outcome: 'cancelled', endedAt: Date.now() }
        : { ...state, phase: 'lost', endedAt: Date.now() };
    }
  }
  onChange(state);
  return state;
}

/** The stream closed in order: after a refusal that is the end, otherwise the end is missing. */
function endOfStream(state: Answer): Answer {
  if (state.refusal) return { ...state, phase: 'done', outcome: 'refused' };
  return { ...state, phase: 'lost', endedAt: Date.now() };
}

/** A refusal before the stream began comes as a problem document; it is shown as the same card. */
function refusalOf({ problem }: ApiProblem): Partial<Answer> {
  const step = /^(QUOTA|FIREWALL|RETRIEVAL|INFERENCE|SCANNER|AUTH|AUDIT)_/
    .exec(problem.code)?.[1]
    ?.toLowerCase();
  if (problem.status >= 500 || step === undefined) return { problem, reference: problem.reference };
  const { status, code, reference, retryAfter, facts } = problem;
  return {
    outcome: 'refused',
    reference,
    refusal: {
      step: step as 'quota',
      status,
      code,
      reference,
      text: problem.detail ?? problem.title,
      ...(retryAfter === undefined ? {} : { retryAfter }),
      ...(facts === undefined ? {} : { facts }),
    },
  };
}
