import type { InspectedText } from '@lorekeep/firewall';
import type { CallContext } from '@lorekeep/kit/context';
import { within } from '@lorekeep/kit/stream';
import type { QuestionPathLimits } from '../limits.js';
import type { FirewallPort, Verdict } from '../ports.js';
import type { ChatMessage, Question } from '../question.js';

export interface InspectedQuestion {
  readonly verdict: Verdict;
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
  const verdict = await within(
    'firewall',
    limits.QUESTION_CHECK_TIMEOUT_MS,
    firewall.inspectQuestion(ctx, slots),
  );
  const allowed = ['allow', 'flag', 'redact'].includes(verdict.action);
  const complete = verdict.texts.length === slots.length;
  // A verdict that is neither a clear yes nor a refusal is a broken check.
  if (verdict.action === 'refuse' ? !verdict.refusal : !allowed || !complete) {
    throw new Error('firewall gave no usable verdict');
  }
  // Refused texts are kept for the auditor where they are complete; no model sees them.
  if (!complete) return { verdict, messages: [], instructions: undefined };
  return { verdict, ...applyTexts(question, verdict.texts) };
}

function textSlots(question: Question): InspectedText[] {
  const slots: InspectedText[] = [];
  for (const message of question.messages) {
    slots.push({ role: message.role, text: message.content });
    for (const call of message.toolCalls ?? []) slots.push({ role: 'tool', text: call.arguments });
  }
  if (question.instructions !== undefined) slots.push({ role: 'user', text: question.instructions });
  if (question.parameters.tools)
    slots.push({ role: 'system', text: JSON.stringify(question.parameters.tools) });
  return slots;
}

/** Puts the inspected texts back in the order in which `textSlots` took them. Tool definitions are inspected only. */
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
