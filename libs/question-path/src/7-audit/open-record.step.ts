import type { CallContext } from '@lorekeep/kit/context';
import type { InspectedQuestion } from '../3-firewall/inspect-question.step.js';
import { lastUserText } from '../4-retrieval/find-passages.step.js';
import { askPart } from '../ask-part.js';
import { keptEntries, keptText } from '../kept-text.js';
import type { QuestionPathLimits } from '../limits.js';
import type { AuditPort, OpenRecord } from '../ports.js';
import type { PathSettings, Question } from '../question.js';
import { lied } from '../question-path.errors.js';

/** The question; every text of which a vector was wanted; what a recording is called, and the words given with it. */
function askedText({ embed, transcribe }: Question, { messages }: InspectedQuestion): string {
  if (!embed && !transcribe) return lastUserText(messages);
  const texts = messages.map(({ content }) => content);
  return [...(transcribe ? [transcribe.fileName] : []), ...texts].join('\n');
}

/** What placeholders stand for in the question: by rule and category, each once. */
function takenOut({ verdict, asked }: InspectedQuestion): { rule: string; category: string }[] {
  const { hits, texts, redactions } = verdict;
  const isOut = (category: string, text: number) =>
    asked.includes(text) &&
    redactions.some(
      ({ placeholder }) => placeholder.startsWith(`⟦${category}:`) && texts[text]?.includes(placeholder),
    );
  const taken = hits.filter(({ category, text }) => isOut(category, text));
  const byRule = new Map(taken.map(({ rule, category }) => [rule, { rule, category }]));
  return keptEntries([...byRule.values()]);
}

/** Step 7, first half: durable before the first byte leaves and before a model is asked. */
export async function openRecord(
  ctx: CallContext,
  question: Question,
  inspected: InspectedQuestion | null,
  settings: PathSettings,
  audit: AuditPort,
  limits: QuestionPathLimits,
): Promise<OpenRecord> {
  const { transcribe } = question;
  const taken = inspected ? takenOut(inspected) : [];
  const detail = {
    door: question.door,
    model: question.model ?? null,
    documents: question.documents,
    collections: [...(question.collectionIds ?? [])],
    messages: question.messages.length,
    characters: question.messages.reduce((sum, message) => sum + message.content.length, 0),
    // Never the recording itself.
    ...(transcribe && {
      recording: { bytes: transcribe.audio.length, sha256: transcribe.sha256, type: transcribe.mediaType },
    }),
    // Only text that the firewall has passed: a pasted secret must not live on in the audit.
    question: settings.keepQuestionText && inspected ? keptText(askedText(question, inspected)) : null,
    ...(taken.length > 0 && { takenOut: taken }),
  };
  const record = await askPart('audit', limits.QUESTION_AUDIT_TIMEOUT_MS, () => audit.open(ctx, detail));
  if (typeof record?.close !== 'function') throw lied('audit', 'opened no record');
  return record;
}
