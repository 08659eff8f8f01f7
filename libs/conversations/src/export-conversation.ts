import type { GroundednessMark } from '@lorekeep/contracts';
import type { ConversationView, MessageView as StoredMessage } from './store/conversation.repository.js';

/** As it may be shown to its owner. */
type MessageView = Omit<StoredMessage, 'documentIds' | 'suggestion'> & { suggestion: string | null };

export type ExportFormat = 'markdown' | 'json';

export interface ConversationExport {
  fileName: string;
  mediaType: string;
  text: string;
}

/** A conversation as a file of the person's own, with the messages as they may be shown. */
export function exportConversation(
  conversation: ConversationView,
  messages: readonly MessageView[],
  format: ExportFormat,
): ConversationExport {
  const fileName = `${fileNameOf(conversation.title)}.${format === 'json' ? 'json' : 'md'}`;
  if (format === 'json') {
    const text = `${JSON.stringify({ ...conversation, messages }, null, 2)}\n`;
    return { fileName, mediaType: 'application/json', text };
  }
  const parts = [`# ${escapeLine(conversation.title)}`, ...messages.map(markdownOf)];
  return { fileName, mediaType: 'text/markdown', text: `${parts.join('\n\n')}\n` };
}

function markdownOf(message: MessageView): string {
  const time = message.createdAt.toISOString();
  const who = message.role === 'user' ? 'Question' : (message.model ?? 'Answer');
  const lines = [`## ${escapeLine(who)} (${time})`, message.content.trim() || `*${whyEmpty(message)}*`];
  lines.push(
    ...message.marks.filter(({ withheld }) => !withheld).map((mark) => remarkOf(mark, message.content)),
  );
  const sources = message.citations.map(sourceOf).filter((source) => source !== null);
  if (sources.length > 0) lines.push(sources.join('\n'));
  return lines.join('\n\n');
}

const REASONS: Record<GroundednessMark['reason'], string> = {
  number: 'a number is another one',
  name: 'a name is another one',
  negation: 'said or denied the other way round',
  opposite: 'the opposite is said',
  lexical: 'other words',
  entailment: 'the source contradicts it',
};

/** A sentence that is withheld has its placeholder in the text itself. */
function remarkOf({ start, end, reason }: GroundednessMark, content: string): string {
  return `> Not supported by its source (${REASONS[reason]}): ${escapeLine(content.slice(start, end).trim())}`;
}

function whyEmpty({ outcome, refusal }: MessageView): string {
  return typeof refusal?.text === 'string' ? escapeLine(refusal.text) : (outcome ?? 'empty');
}

function sourceOf(citation: unknown): string | null {
  if (typeof citation !== 'object' || citation === null) return null;
  const { number, title, heading, page } = citation as Record<string, unknown>;
  if (typeof number !== 'number' || typeof title !== 'string') return null;
  const where = [heading, typeof page === 'number' ? `p. ${page}` : null]
    .filter((part): part is string => typeof part === 'string' && part !== '')
    .map(escapeLine);
  return `- [${number}] ${[escapeLine(title), ...where].join(', ')}`;
}

function escapeLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#]/g, '\\$&');
}

/** Letters and digits of any script, so that no file system and no header takes offence. */
function fileNameOf(title: string): string {
  const name = title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
  return [...name].slice(0, 60).join('') || 'conversation';
}
