import type { AnswerRequest, ChatMessage, Tool, ToolChoice } from '../driver.js';

/** Lower runs earlier where the server schedules by priority: somebody waits for a question, nobody for a batch. */
const PRIORITY: Record<AnswerRequest['task'], number> = { question: 0, draft: 5, chat: 10 };

export interface OwnFields {
  readonly cacheSalt: string;
  readonly defaultMaxTokens: number;
}

/**
 * The body for `/v1/chat/completions`: field by field, because vLLM ignores unknown fields and honours dangerous ones
 * (chat_template, priority, cache_salt, kv_transfer_params …). Nothing of the caller's is passed through unread.
 */
export function requestBody(
  request: AnswerRequest,
  messages: readonly ChatMessage[],
  own: OwnFields,
): string {
  const { parameters } = request;
  const whole = request.delivery === 'whole';
  return JSON.stringify({
    model: request.model,
    messages: messages.map(asMessage),
    stream: !whole,
    stream_options: whole ? undefined : { include_usage: true },
    temperature: parameters.temperature,
    top_p: parameters.topP,
    max_tokens: parameters.maxTokens ?? own.defaultMaxTokens,
    stop: parameters.stop?.length ? parameters.stop : undefined,
    seed: parameters.seed,
    n: parameters.n,
    presence_penalty: parameters.presencePenalty,
    frequency_penalty: parameters.frequencyPenalty,
    reasoning_effort: parameters.reasoningEffort,
    tools: parameters.tools?.length ? parameters.tools.map(asTool) : undefined,
    tool_choice: parameters.toolChoice ? asToolChoice(parameters.toolChoice) : undefined,
    parallel_tool_calls: parameters.parallelToolCalls,
    response_format: asResponseFormat(request),
    priority: PRIORITY[request.task],
    cache_salt: own.cacheSalt,
  });
}

function asMessage(message: ChatMessage): object {
  return {
    role: message.role,
    content: message.content === '' && message.toolCalls?.length ? null : message.content,
    tool_calls: message.toolCalls?.map((call) => ({
      id: call.id,
      type: 'function',
      function: { name: call.name, arguments: call.arguments },
    })),
    tool_call_id: message.toolCallId,
  };
}

function asTool(tool: Tool): object {
  const { name, description, parameters, strict } = tool;
  return { type: 'function', function: { name, description, parameters, strict } };
}

function asToolChoice(choice: ToolChoice): unknown {
  return typeof choice === 'string' ? choice : { type: 'function', function: { name: choice.name } };
}

function asResponseFormat(request: AnswerRequest): object | undefined {
  const format = request.parameters.responseFormat;
  if (!format) return undefined;
  return format.type === 'json_schema'
    ? { type: format.type, json_schema: format.jsonSchema }
    : { type: format.type };
}
