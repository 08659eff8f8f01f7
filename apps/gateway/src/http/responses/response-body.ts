import type { Problem, ResponsesBody } from '@lorekeep/contracts';
import type { Usage } from '@lorekeep/question-path';

export type ResponseStatus = 'in_progress' | 'completed' | 'incomplete' | 'failed';

export interface ResponseState {
  readonly status: ResponseStatus;
  readonly output: readonly object[];
  /** Why it is incomplete. */
  readonly reason?: 'max_output_tokens' | 'content_filter';
  readonly usage?: Usage;
  readonly problem?: Problem;
  readonly lorekeep?: object;
}

/** The object `response` of OpenAI's API: what was asked for, and how it stands. */
export class ResponseBody {
  constructor(
    private readonly reference: string,
    private readonly createdAt: number,
    private readonly body: ResponsesBody,
  ) {}

  /** That was asked for. */
  get model(): string {
    return this.body.model;
  }

  of({ status, output, reason, usage, problem, lorekeep }: ResponseState): object {
    const { body } = this;
    return {
      id: `resp_${this.reference}`,
      object: 'response',
      created_at: this.createdAt,
      status,
      background: false,
      error: problem ? { code: 'server_error', message: problem.detail ?? problem.title } : null,
      incomplete_details: reason ? { reason } : null,
      instructions: body.instructions ?? null,
      max_output_tokens: body.max_output_tokens ?? null,
      metadata: body.metadata ?? {},
      model: body.model,
      output,
      parallel_tool_calls: body.parallel_tool_calls ?? true,
      previous_response_id: null,
      reasoning: { effort: body.reasoning?.effort ?? null, summary: null },
      store: false,
      temperature: body.temperature ?? null,
      text: { format: body.text?.format ?? { type: 'text' } },
      tool_choice: body.tool_choice ?? 'auto',
      tools: body.tools ?? [],
      top_p: body.top_p ?? null,
      truncation: body.truncation ?? 'disabled',
      usage: usage ? usageOf(usage) : null,
      ...(lorekeep ? { lorekeep } : {}),
    };
  }
}

/** Without any trace of the prefix cache: how much of it was used would tell what others asked. */
function usageOf({ promptTokens, completionTokens }: Usage): object {
  return {
    input_tokens: promptTokens,
    input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
    output_tokens: completionTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: promptTokens + completionTokens,
  };
}
