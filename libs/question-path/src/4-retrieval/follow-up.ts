import type { ChatMessage } from '../question.js';
import { needsContext } from './needs-context.js';

/** Questions back that a follow-up may hang on; a chain of follow-ups is longer than this only in play. */
export const TURNS_BACK = 4;
/** Of one earlier message, in UTF-16 units: what is asked stands in its first sentences. */
export const TURN_UNITS = 300;
/** Of the mails below one, in UTF-16 units: about a page. */
export const THREAD_UNITS = 2_000;
/** Where the firewall took something out: no words of the question, and not to be searched for. */
const TAKEN_OUT = /⟦[a-z-]{1,40}:\d{1,6}⟧/g;
/** Where a mail program puts the mails before this one; what stands below is the customer's earlier message. */
const EARLIER_MAIL =
  /^(?:>|-{2,} ?(?:original message|forwarded message|原始邮件|转发邮件)|on .{4,120} wrote:\s*$|(?:from|von|发件人) ?[:：].+\n(?:sent|date|gesendet|发送时间|日期|时间) ?[:：]|.{4,80}写道[:：]\s*$)/im;

/** A question as it is searched for. */
export interface SearchText {
  /** The question as it stands. */
  readonly text: string;
  /** Earlier questions that it hangs on, newest first; they count for less in the search. */
  readonly context?: string;
}

export interface FollowUp extends SearchText {
  /** It has a context, and says too little without it. */
  readonly hangs: boolean;
}

/**
 * What is searched for, by rule: the last message, with what was asked before where it cannot stand without. Not with
 * the last answer: bench/follow-up.bench.ts tells that quotations that missed lead the next search astray as well.
 */
export function followUp(messages: readonly ChatMessage[]): FollowUp {
  const asked = messages.filter(({ role }) => role === 'user').map(({ content }) => withoutMarks(content));
  const { text, earlier } = splitThread(asked.pop() ?? '');
  const context = [earlier, ...turnsBefore(text, asked)].filter((part) => part !== '').join('\n');
  return context === '' ? { text, hangs: false } : { text, context, hangs: needsContext(text) };
}

function turnsBefore(text: string, asked: readonly string[]): string[] {
  if (!needsContext(text)) return [];
  const turns: string[] = [];
  // The same question once more, after an answer that did not help, is no context of itself.
  const others = asked.filter((turn) => turn.trim() !== text.trim());
  for (const turn of others.slice(-TURNS_BACK).reverse()) {
    turns.push(turn.slice(0, TURN_UNITS).toWellFormed());
    if (!needsContext(turn)) break;
  }
  return turns;
}

/** A mail with the mails before it quoted below: the new part asks, the rest explains it. */
export function splitThread(whole: string): { text: string; earlier: string } {
  const at = EARLIER_MAIL.exec(whole)?.index ?? 0;
  const text = whole.slice(0, at).trim();
  return text === ''
    ? { text: whole, earlier: '' }
    : {
        text,
        earlier: whole
          .slice(at, at + THREAD_UNITS)
          .toWellFormed()
          .replace(/^>+ ?/gm, '')
          .trim(),
      };
}

export function withoutMarks(text: string): string {
  return text.replace(TAKEN_OUT, ' ');
}
