import type { InspectedText } from '@lorekeep/firewall';
import type { CallContext } from '@lorekeep/kit/context';
import { isRefusal, Refusal } from '@lorekeep/kit/errors';
import { askPart } from '../ask-part.js';
import type { QuestionPathLimits } from '../limits.js';
import type { FirewallPort, Verdict } from '../ports.js';
import type { ChatMessage, Question } from '../question.js';
import { lied } from '../question-path.errors.js';
import { isVerdict } from './read-verdict.js';

export interface InspectedQuestion {
  readonly verdict: Verdict;
  /** Where among the inspected texts those stand that are the question as it is kept. */
  readonly asked: readonly number[];
  /** The messages as they may go on: what the firewall took out is gone from here on. */
  readonly messages: readonly ChatMessage[];
  readonly instructions: string | undefined;
}

/** Step 3: every text of the request is inspected, whatever its role; nothing reaches a model unscreened. */
export async function inspectQuestion(
  ctx: CallContext,
  question: Question,
  firewall: FirewallPort,
  limits: QuestionPathLimits,
): Promise<InspectedQuestion> {
  const slots = textSlots(question);
  const verdict = await askPart('firewall', limits.QUESTION_CHECK_TIMEOUT_MS, () =>
    firewall.inspectQuestion(ctx, slots),
  );
  // A verdict that is neither a clear yes nor a refusal is a broken check.
  if (!isVerdict(verdict)) throw lied('firewall', 'gave no verdict');
  const complete = verdict.texts.length === slots.length;
  if (verdict.action === 'refuse' ? !isRefusal(verdict.refusal) : !complete) {
    throw lied('firewall', 'gave no usable verdict');
  }
  const asked = askedSlots(question);
  const fixed = fixedSlots(question).map(({ text }) => text);
  const kept = verdict.texts.slice(verdict.texts.length - fixed.length);
  if (verdict.action !== 'refuse' && kept.some((text, at) => text !== fixed[at])) {
    const refused = { ...verdict, action: 'refuse' as const, refusal: secretInDefinition(ctx) };
    return { verdict: refused, asked, messages: [], instructions: undefined };
  }
  // Refused texts are kept for the auditor where they are complete; no model sees them.
  if (!complete) return { verdict, asked, messages: [], instructions: undefined };
  return { verdict, asked, ...applyTexts(question, verdict.texts) };
}

function textSlots(question: Question): InspectedText[] {
  const slots: InspectedText[] = [];
  for (const message of question.messages) {
    slots.push({ role: message.role, text: message.content });
    for (const call of message.toolCalls ?? []) slots.push({ role: 'tool', text: call.arguments });
  }
  if (question.instructions !== undefined) slots.push({ role: 'user', text: question.instructions });
  return [...slots, ...fixedSlots(question)];
}

/** The last message of a person; all of them where each is wanted as it is, with the name of a recording. */
function askedSlots({ messages, embed, transcribe, instructions }: Question): number[] {
  let end = 0;
  const places = messages.map(({ toolCalls = [] }) => {
    const at = end;
    end += 1 + toolCalls.length;
    return at;
  });
  if (transcribe) return [...places, end + (instructions === undefined ? 0 : 1)];
  if (embed) return places;
  return places.filter((_, at) => at === messages.findLastIndex(({ role }) => role === 'user'));
}

/** What is not changed, only let through or not; it comes last. */
function fixedSlots(question: Question): InspectedText[] {
  const fixed = fixedText(question);
  return [
    ...(fixed === null ? [] : [{ role: 'system' as const, text: fixed }]),
    ...(question.transcribe ? [{ role: 'user' as const, text: question.transcribe.fileName }] : []),
  ];
}

/**
 * What goes to the model as it is, or not at all: definitions of tools and of the answer's form, stop words, names and
 * ids of calls. They have a form that taking something out would break.
 */
function fixedText({ parameters, messages }: Question): string | null {
  const { tools, toolChoice, responseFormat, stop } = parameters;
  const calls = messages.flatMap(({ toolCallId, toolCalls = [] }) => [
    ...(toolCallId === undefined ? [] : [toolCallId]),
    ...toolCalls.flatMap(({ id, name }) => [id, name]),
  ]);
  const given = [tools, toolChoice, responseFormat, stop].filter((part) => part !== undefined);
  return given.length + calls.length === 0
    ? null
    : [...given.map((part) => JSON.stringify(part)), ...calls].join('\n');
}

const SECRET_TEXTS = {
  en: 'A tool, the form of the answer, a stop word, a call or the name of a file holds something that must not reach the model. Please remove it and ask again.',
  zh: '工具、回答格式、停止词、调用或文件名中含有不得发送给模型的内容。请删除后重新提问。',
};

function secretInDefinition({ caller }: CallContext): Refusal {
  return new Refusal({
    step: 'firewall',
    code: 'FIREWALL_SECRET',
    status: 422,
    text: SECRET_TEXTS[caller.locale],
  });
}

/** Puts the inspected texts back in the order in which `textSlots` took them. What is fixed comes last and is left as it is. */
function applyTexts(question: Question, texts: readonly string[]) {
  let at = 0;
  const next = () => texts[at++] ?? '';
  const messages = question.messages.map((message): ChatMessage => {
    const content = next();
    if (!message.toolCalls) return { ...message, content };
    return {
      ...message,
      content,
      toolCalls: message.toolCalls.map((call) => ({ ...call, arguments: next() })),
    };
  });
  return { messages, instructions: question.instructions === undefined ? undefined : next() };
}
