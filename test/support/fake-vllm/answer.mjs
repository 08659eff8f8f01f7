/** What the fake says: by default it quotes the first document of the prompt and cites it as [1]. */

/** Words with their leading space, and single CJK characters: near enough to a tokeniser for tests. */
export function tokensOf(text) {
  return (
    text.match(
      /\s*(?:[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\s\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+)|\s+$/g,
    ) ?? []
  );
}

export function promptText(messages) {
  return messages.map((message) => `${message.role}\n${textOf(message.content)}`).join('\n');
}

export function textOf(content) {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => part.text ?? '').join('');
}

/** First sentence of the document that opens `<document-… number="1" …>`, or null. */
export function firstDocument(messages) {
  for (const message of messages) {
    const text = textOf(message.content);
    const opening = /<document-[0-9a-z]+ number="1"[^\n]*>\n/.exec(text);
    if (!opening) continue;
    const body = text.slice(opening.index + opening[0].length, text.indexOf('\n</document-', opening.index));
    const sentence = /^[^]*?(?:[.!?](?=\s|$)|[。！？])/.exec(body.trim());
    return (sentence ? sentence[0] : body).trim();
  }
  return null;
}

/**
 * The answer to one request: reasoning and content as tokens, tool calls, how it finishes.
 * `script` (from the control route) replaces any of them.
 */
export function answerTo(body, script, withReasoning) {
  const answer = {
    reasoning: withReasoning ? tokensOf('The user asks something that passage one answers so quote it.') : [],
    content: tokensOf(defaultContent(body)),
    toolCalls: defaultToolCalls(body),
    finish: 'stop',
  };
  if (answer.toolCalls.length > 0) Object.assign(answer, { content: [], finish: 'tool_calls' });
  if (script) Object.assign(answer, script);
  return limited(answer, body);
}

function defaultContent(body) {
  if (body.response_format?.type === 'json_object') return '{"answer": "quoted"}';
  const quote = firstDocument(body.messages);
  if (quote) return `${quote} [1]`;
  const asked = textOf(body.messages.findLast((message) => message.role === 'user')?.content);
  return `You asked: ${asked.slice(0, 400)}`;
}

function defaultToolCalls(body) {
  const choice = body.tool_choice ?? 'auto';
  if (!body.tools?.length || choice === 'none') return [];
  const asked = textOf(body.messages.at(-1)?.content);
  if (choice === 'auto' && !asked.includes('#tool')) return [];
  const name = choice.function?.name ?? body.tools[0].function.name;
  return [{ id: 'chatcmpl-tool-0f0f0f0f0f0f0f0f', name, arguments: '{"query": "annual leave", "top_k": 3}' }];
}

/** `max_tokens` counts reasoning too; a stop string ends the answer before it. */
function limited(answer, body) {
  const limit = body.max_completion_tokens ?? body.max_tokens ?? Infinity;
  const stops = [body.stop ?? []].flat();
  let content = answer.content.join('');
  const cut = Math.min(...stops.map((stop) => content.indexOf(stop)).filter((at) => at >= 0));
  if (Number.isFinite(cut)) {
    content = content.slice(0, cut);
    const stopReason = stops.find((stop) => answer.content.join('').startsWith(stop, cut));
    answer = { ...answer, content: tokensOf(content), finish: 'stop', stopReason };
  }
  if (answer.reasoning.length + answer.content.length <= limit) return answer;
  const reasoning = answer.reasoning.slice(0, limit);
  return {
    ...answer,
    reasoning,
    content: answer.content.slice(0, limit - reasoning.length),
    finish: 'length',
  };
}
