import { CHAT_TEXT_LIMIT, type ResponsesBody, type ResponsesItem } from '@lorekeep/contracts';
import { RequestError } from '@lorekeep/kit/errors';
import type { AnswerParameters, ChatMessage, Question } from '@lorekeep/question-path';
import { toolChoiceOf } from '../chat/tool-choice.js';

/**
 * A request for a response as a question. Documents are searched as for a chat completion: not where the caller says so,
 * brings tools, or asks for JSON. What would need an earlier response is refused: none is kept.
 */
export function toResponseQuestion(body: ResponsesBody, documentsHeader: string | undefined): Question {
  refuseWhatIsNotOffered(body);
  const messages = messagesOf(body);
  const size = messages.reduce((sum, message) => sum + message.content.length, 0);
  if (size > CHAT_TEXT_LIMIT) {
    throw invalid('input', `All texts together may have ${CHAT_TEXT_LIMIT} characters; these have ${size}.`);
  }
  const format = body.text?.format;
  const structured = format !== undefined && format.type !== 'text';
  const without =
    body.lorekeep?.documents === 'none' || documentsHeader === 'none' || !!body.tools?.length || structured;
  return {
    door: 'responses',
    messages,
    documents: without ? 'none' : 'auto',
    ...(body.lorekeep?.collections ? { collectionIds: body.lorekeep.collections } : {}),
    model: body.model,
    parameters: parametersOf(body),
  };
}

function refuseWhatIsNotOffered(body: ResponsesBody): void {
  const stateless = 'No response is kept here: send the whole conversation as input.';
  if (body.previous_response_id) throw invalid('previous_response_id', stateless);
  if (body.conversation) throw invalid('conversation', stateless);
  if (body.background) throw invalid('background', `${stateless} There is nothing to come back for.`);
  if (body.prompt) throw invalid('prompt', 'No prompts are kept here: send the text as instructions.');
  if (body.top_logprobs || body.include?.some((part) => part.endsWith('logprobs'))) {
    throw invalid(
      'top_logprobs',
      'Log probabilities are not given out: no answer goes out unscanned, and they would show words that the scanner withholds.',
    );
  }
  const at = (body.tools ?? []).findIndex(({ type, name }) => type !== 'function' || !name);
  if (at >= 0) throw invalid(`tools.${at}`, 'Only function tools, with a name, are offered here.');
}

function messagesOf({ instructions, input }: ResponsesBody): ChatMessage[] {
  const messages: ChatMessage[] = instructions ? [{ role: 'system', content: instructions }] : [];
  if (typeof input === 'string') return [...messages, { role: 'user', content: input }];
  for (const [at, item] of input.entries()) take(messages, item, at);
  if (messages.every(({ role }) => role === 'system'))
    throw invalid('input', 'There is no message of a user in it.');
  return messages;
}

function take(messages: ChatMessage[], item: ResponsesItem, at: number): void {
  if (item.type === 'reasoning') return;
  if (item.type === 'function_call_output') {
    messages.push({ role: 'tool', content: contentOf(item.output), toolCallId: item.call_id });
  } else if (item.type === 'function_call') {
    const call = { id: item.call_id, name: item.name, arguments: item.arguments };
    const last = messages.at(-1);
    // Calls of one turn stand side by side; a model is shown them as one message.
    if (last?.role !== 'assistant') messages.push({ role: 'assistant', content: '', toolCalls: [call] });
    else messages[messages.length - 1] = { ...last, toolCalls: [...(last.toolCalls ?? []), call] };
  } else {
    const role = item.role === 'developer' ? 'system' : item.role;
    const content = contentOf(item.content);
    if (role === 'user' && content === '') throw invalid(`input.${at}.content`, 'A user message needs text.');
    messages.push({ role, content });
  }
}

function contentOf(content: string | { text: string }[]): string {
  return typeof content === 'string' ? content : content.map((part) => part.text).join('\n');
}

function parametersOf(body: ResponsesBody): AnswerParameters {
  const { tools, tool_choice: choice } = body;
  const given = {
    temperature: body.temperature,
    topP: body.top_p,
    maxTokens: body.max_output_tokens,
    reasoningEffort: body.reasoning?.effort,
    tools: tools?.length ? tools.map(toolOf) : undefined,
    toolChoice: toolChoiceOf(
      typeof choice === 'object' ? { name: choice.name } : choice,
      tools?.map(({ name = '' }) => name) ?? [],
    ),
    parallelToolCalls: body.parallel_tool_calls,
    responseFormat: formatOf(body.text?.format),
  };
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value !== null),
  );
}

function toolOf({ name = '', description, parameters, strict }: NonNullable<ResponsesBody['tools']>[number]) {
  return {
    name,
    ...(description ? { description } : {}),
    ...(parameters ? { parameters } : {}),
    ...(typeof strict === 'boolean' ? { strict } : {}),
  };
}

function formatOf(format: NonNullable<ResponsesBody['text']>['format']): AnswerParameters['responseFormat'] {
  if (format?.type !== 'json_schema') return format;
  const { type, ...jsonSchema } = format;
  return { type, jsonSchema };
}

function invalid(path: string, message: string): RequestError {
  return new RequestError(400, 'INVALID_REQUEST', message, [{ path, message }]);
}
