import type { Problem } from '@lorekeep/contracts';
import type { PathEvent } from '@lorekeep/question-path';
import { BesideAnswer } from '../chat/beside-answer.js';
import type { ResponseBody, ResponseState } from './response-body.js';
import { ResponseItems, type ItemEvent } from './response-items.js';

const INCOMPLETE: Record<string, ResponseState['reason']> = {
  length: 'max_output_tokens',
  content_filter: 'content_filter',
};

/**
 * Follows an answer and tells it as the events of a response. Nothing is told before the first text, so that everything
 * that can be refused is refused with its status.
 */
export class ResponseAnswer {
  private readonly items: ResponseItems;
  private readonly beside: BesideAnswer;
  private began = false;
  private reason: ResponseState['reason'];

  constructor(
    reference: string,
    private readonly body: ResponseBody,
  ) {
    this.items = new ResponseItems(reference);
    this.beside = new BesideAnswer(reference, body.model);
  }

  take(event: PathEvent): ItemEvent[] {
    this.beside.take(event);
    if (event.kind === 'text') return [...this.begin(), ...this.items.take(event)];
    if (event.kind === 'finish') this.reason = INCOMPLETE[event.reason];
    return event.kind === 'end' ? this.end(event) : [];
  }

  /** What an answer that broke ends with. */
  fail(problem: Problem): ItemEvent[] {
    const response = this.body.of({ status: 'failed', output: this.items.toOutput(), problem });
    const { code, detail, title } = problem;
    const error = { code: code.toLowerCase(), message: detail ?? title, param: null };
    return [
      { type: 'response.failed', response },
      // Clients that only add up what is said take no notice of the event before.
      { type: 'error', ...error, error: { type: 'server_error', ...error } },
    ];
  }

  private begin(): ItemEvent[] {
    if (this.began) return [];
    this.began = true;
    const response = this.body.of({ status: 'in_progress', output: [] });
    return [
      { type: 'response.created', response },
      { type: 'response.in_progress', response },
    ];
  }

  private end({ usage }: Extract<PathEvent, { kind: 'end' }>): ItemEvent[] {
    const status = this.reason ? 'incomplete' : 'completed';
    const events = [...this.begin(), ...this.items.end(status)];
    const response = this.body.of({
      status,
      output: this.items.toOutput(),
      ...(this.reason ? { reason: this.reason } : {}),
      usage,
      lorekeep: this.beside.toBody(),
    });
    return [...events, { type: `response.${status}`, response }];
  }
}
