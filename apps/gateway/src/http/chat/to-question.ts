import { CHAT_TEXT_LIMIT, type ChatBody } from '@lorekeep/contracts';
import { RequestError } from '@lorekeep/kit/errors';
import type { AnswerParameters, ChatMessage, Question } from '@lorekeep/question-path';
import { toolChoiceOf } from './tool-choice.js';

type BodyMessage = ChatBody['messages'][number];

/**
 * A chat completion as a question. The last user message is searched for. Nothing is searched when the caller says so
 * (`lorekeep.documents`, header `x-lorekeep-documents: none`), brings tools, or asks for JSON: an answer from documents
 * carries citations, which neither a tool call nor a schema can hold.
 */
export function toQuestion(body: ChatBody, documentsHeader: string | undefined): Question {
  if (body.logprobs || body.top_logprobs) {
    throw invalid(
      'logprobs',
      'Log probabilities are not given out: no answer goes out unscanned, and they would show words that the scanner withholds.',
    );
  }
  const messages = body.messages.map(toMessage);
  const size = messages.reduce((sum, message) => sum + message.content.length, 0);
  if (size > CHAT_TEXT_LIMIT) {
    throw invalid(
      'messages',
      `All messages together may have ${CHAT_TEXT_LIMIT} characters; these have ${size}.`,
    );
  }
  const structured = body.response_format !== undefined && body.response_format.type !== 'text';
  const without =
    body.lorekeep?.documents === 'none' || documentsHeader === 'none' || !!body.tools?.length || structured;
  return {
    door: 'chat',
    messages,
    documents: without ? 'none' : 'auto',
    ...(body.lorekeep?.collections ? { collectionIds: body.lorekeep.collections } : {}),
    model: body.model,
    parameters: parametersOf(body),
  };
}

function toMessage(message: BodyMessage, index: number): ChatMessage {
  const content = contentOf(message);
  if (message.role === 'tool') {
    if (!message.tool_call_id)
      throw invalid(`messages.${index}.tool_call_id`, 'A tool message names its call.');
    return { role: 'tool', content, toolCallId: message.tool_call_id };
  }
  const role = message.role === 'developer' ? 'system' : message.role;
  const calls = message.tool_calls?.map((call) => ({
    id: call.id,
    name: call.function.name,
    arguments: call.function.arguments,
  }));
  if (role === 'user' && content === '')
    throw invalid(`messages.${index}.content`, 'A user message needs text.');
  return {
    role,
    content,
    ...(calls === undefined ? {} : { toolCalls: calls }),
  };
}

function contentOf(message: BodyMessage): string {
  if (typeof message.content === 'string') return message.content;
  return (message.content ?? []).map((part) => part.text).join('\n');
}

function parametersOf(body: ChatBody): AnswerParameters {
  const stop = typeof body.stop === 'string' ? [body.stop] : (body.stop ?? undefined);
  const given = {
    temperature: body.temperature,
    topP: body.top_p,
    maxTokens: body.max_completion_tokens ?? body.max_tokens,
    stop,
    seed: body.seed,
    n: body.n,
    presencePenalty: body.presence_penalty,
    frequencyPenalty: body.frequency_penalty,
    reasoningEffort: body.reasoning_effort,
    tools: body.tools?.length ? body.tools.map((tool) => tool.function) : undefined,
    toolChoice: toolChoiceOf(
      typeof body.tool_choice === 'object' ? { name: body.tool_choice.function.name } : body.tool_choice,
      body.tools?.map((tool) => tool.function.name) ?? [],
    ),
    parallelToolCalls: body.parallel_tool_calls,
    responseFormat: formatOf(body.response_format),
  };
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value !== null),
  );
}

function formatOf(format: ChatBody['response_format']): AnswerParameters['responseFormat'] {
  if (format?.type === 'json_schema') return { type: 'json_schema', jsonSchema: format.json_schema };
  return format && { type: format.type };
}

function invalid(path: string, message: string): RequestError {
  return new RequestError(400, 'INVALID_REQUEST', message, [{ path, message }]);
}
